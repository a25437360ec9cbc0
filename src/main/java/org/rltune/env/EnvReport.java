package org.rltune.env;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@link EnvChecker} found about one environment.
 *
 * @param name the environment
 * @param findings errors and warnings in the order found
 */
public record EnvReport(String name, List<EnvFinding> findings) {
    /** Copies the findings. */
    public EnvReport {
        findings = List.copyOf(findings);
    }

    /** What makes results wrong or stops a program. */
    public List<EnvFinding> errors() {
        return findings.stream().filter(finding -> finding.rule().error()).toList();
    }

    /** Hints. */
    public List<EnvFinding> warnings() {
        return findings.stream().filter(finding -> !finding.rule().error()).toList();
    }

    /** The rules that are broken. */
    public Set<EnvRule> rules() {
        return findings.stream().map(EnvFinding::rule).collect(Collectors.toUnmodifiableSet());
    }

    /** The report without the findings of these rules, for what is meant to be so. */
    public EnvReport without(EnvRule... rules) {
        Set<EnvRule> left = Set.of(rules);
        return new EnvReport(
                name,
                findings.stream()
                        .filter(finding -> !left.contains(finding.rule()))
                        .toList());
    }

    /**
     * Returns the report when it has no error.
     *
     * @throws EnvException with all findings when there is one
     */
    public EnvReport orThrow() {
        if (!errors().isEmpty()) {
            throw new EnvException(toString(), null);
        }
        return this;
    }

    /** All findings in readable lines. */
    @Override
    public String toString() {
        if (findings.isEmpty()) {
            return name + ": nothing to complain about";
        }
        return findings.stream()
                .map(EnvFinding::toString)
                .collect(Collectors.joining(
                        "\n",
                        name + ": " + errors().size() + " errors, " + warnings().size() + " warnings\n",
                        ""));
    }
}
