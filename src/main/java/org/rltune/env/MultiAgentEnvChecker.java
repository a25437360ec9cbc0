package org.rltune.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/**
 * Checks an environment with several agents, as {@link EnvChecker} does with one agent: names and spaces, what reset and step
 * return for whom, that chance comes from the seed alone, that two environments share nothing.
 *
 * <pre>{@code
 * MultiAgentEnvChecker.check("TicTacToe-v0").orThrow();
 * }</pre>
 *
 * <p>It plays some hundred random steps, always the same ones; where an observation has an {@code action_mask}, by what that
 * allows.
 */
public final class MultiAgentEnvChecker {
    private static final long SEED = 123;
    private static final int STEPS = 120;

    private final Findings findings = new Findings();
    private final Supplier<MultiAgentEnv> maker;
    private final List<MultiAgentEnv> made = new ArrayList<>();

    private MultiAgentEnvChecker(Supplier<MultiAgentEnv> maker) {
        this.maker = maker;
    }

    /** Checks a registered environment with its default config. */
    public static EnvReport check(String id) {
        return check(MultiAgentEnvs.spec(id));
    }

    /** Checks the environment of a spec, registered or not. */
    public static EnvReport check(MultiAgentEnvSpec spec) {
        return check(spec.id(), () -> MultiAgentEnvs.make(spec, EnvContext.of(Map.of())));
    }

    /**
     * Checks environments of one kind.
     *
     * @param name names them in the report
     * @param maker gives a new environment at every call
     */
    public static EnvReport check(String name, Supplier<MultiAgentEnv> maker) {
        MultiAgentEnvChecker checker = new MultiAgentEnvChecker(maker);
        checker.all();
        return new EnvReport(name, checker.findings.findings());
    }

    private MultiAgentEnv env() {
        MultiAgentEnv env = maker.get();
        made.add(env);
        return env;
    }

    private void all() {
        if (findings.attempt(EnvRule.MAKE_FAILS, "the creator", this::env)) {
            findings.attempt(EnvRule.STEP_FAILS, "an episode", this::play);
        }
        for (MultiAgentEnv env : made) {
            findings.attempt(EnvRule.CLOSE_FAILS, "close()", () -> {
                env.close();
                env.close();
            });
        }
    }

    private void play() {
        MultiAgentEnv env = made.get(0);
        if (!agents(env) || !spaces(env)) {
            return;
        }
        MultiAgentTrace first = new MultiAgentTrace(env, findings);
        if (!first.play(SEED, STEPS, true)
                || !findings.findings().stream().allMatch(f -> !f.rule().error())) {
            return;
        }
        resets(env);
        MultiAgentTrace again = new MultiAgentTrace(env, findings);
        again.play(SEED, STEPS, false);
        String difference = first.difference(again);
        if (difference != null) {
            boolean begin = difference.startsWith("reset");
            findings.report(
                    begin ? EnvRule.RESET_NOT_DETERMINISTIC : EnvRule.STEP_NOT_DETERMINISTIC,
                    "the same episodes again",
                    difference);
            return;
        }
        MultiAgentTrace other = new MultiAgentTrace(env(), findings);
        other.play(SEED, STEPS, false);
        difference = first.difference(other);
        if (difference != null) {
            findings.report(EnvRule.INSTANCES_SHARE_STATE, "another environment", difference);
        }
    }

    private boolean agents(MultiAgentEnv env) {
        List<String> names = env.possibleAgents();
        String wrong = names == null ? "possibleAgents() is null" : AgentEpisodes.wrongNames(names);
        if (wrong == null && !List.copyOf(names).equals(env().possibleAgents())) {
            wrong = "they are others in another environment made alike";
        }
        if (wrong != null) {
            findings.report(EnvRule.AGENTS_WRONG, "possibleAgents()", wrong);
        }
        return wrong == null;
    }

    private boolean spaces(MultiAgentEnv env) {
        boolean fine = true;
        for (String agent : env.possibleAgents()) {
            fine &= space("observationSpace(\"" + agent + "\")", () -> env.observationSpace(agent));
            fine &= space("actionSpace(\"" + agent + "\")", () -> env.actionSpace(agent));
        }
        return fine;
    }

    private boolean space(String where, Supplier<@Nullable Space<?>> asked) {
        boolean[] there = new boolean[1];
        findings.attempt(EnvRule.SPACE_MISSING, where, () -> {
            Space<?> space = asked.get();
            there[0] = space != null;
            if (space == null) {
                findings.report(EnvRule.SPACE_MISSING, where, "it is null");
            } else if (!space.equals(asked.get())) {
                findings.report(EnvRule.SPACE_CHANGES, where, "it is another one when asked again");
            }
        });
        return there[0];
    }

    private void resets(MultiAgentEnv env) {
        if (!findings.refuses(
                EnvRule.NEGATIVE_SEED, "reset(-1)", IllegalArgumentException.class, () -> env.reset(-1))) {
            findings.report(EnvRule.NEGATIVE_SEED, "reset(-1)", "it is accepted");
        }
        String where = "reset(1, {no such option=1})";
        if (!findings.refuses(
                EnvRule.OPTION_IGNORED,
                where,
                IllegalArgumentException.class,
                () -> env.reset(1L, Map.of("no such option", 1)))) {
            findings.report(EnvRule.OPTION_IGNORED, where, "it is accepted");
        }
    }
}
