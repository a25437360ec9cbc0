package org.rltune.env;

/**
 * One thing that {@link EnvChecker} found.
 *
 * @param rule the rule that is broken; it says whether this is an error, and what to do
 * @param where the call or the space
 * @param what what is wrong there
 */
public record EnvFinding(EnvRule rule, String where, String what) {
    /** Two lines: what is wrong where, and what to do. */
    @Override
    public String toString() {
        return (rule.error() ? "ERROR " : "WARNING ") + rule + ", " + where + ": " + what + ".\n    " + rule.remedy()
                + ".";
    }
}
