package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of {@link BadAgents} must be found and named, and nothing else with it. */
final class MultiAgentEnvCheckerTest {
    private static final Map<String, EnvRule> FAULTS = new LinkedHashMap<>();

    static {
        FAULTS.put("creator throws", EnvRule.MAKE_FAILS);
        FAULTS.put("no agents", EnvRule.AGENTS_WRONG);
        FAULTS.put("equal names", EnvRule.AGENTS_WRONG);
        FAULTS.put("named all", EnvRule.AGENTS_WRONG);
        FAULTS.put("names by instance", EnvRule.AGENTS_WRONG);
        FAULTS.put("no space", EnvRule.SPACE_MISSING);
        FAULTS.put("space by call", EnvRule.SPACE_CHANGES);
        FAULTS.put("reset throws", EnvRule.RESET_FAILS);
        FAULTS.put("reset null", EnvRule.RESULT_NULL);
        FAULTS.put("step throws", EnvRule.STEP_FAILS);
        FAULTS.put("step null", EnvRule.RESULT_NULL);
        FAULTS.put("observation null", EnvRule.RESULT_NULL);
        FAULTS.put("outside", EnvRule.OBSERVATION_OUTSIDE);
        FAULTS.put("reward NaN", EnvRule.REWARD_NOT_FINITE);
        FAULTS.put("negative seed", EnvRule.NEGATIVE_SEED);
        FAULTS.put("options ignored", EnvRule.OPTION_IGNORED);
        FAULTS.put("seed ignored", EnvRule.RESET_NOT_DETERMINISTIC);
        FAULTS.put("reward by call", EnvRule.STEP_NOT_DETERMINISTIC);
        FAULTS.put("instance number", EnvRule.INSTANCES_SHARE_STATE);
        FAULTS.put("unknown reward", EnvRule.AGENT_UNKNOWN);
        FAULTS.put("unknown observation", EnvRule.AGENT_UNKNOWN);
        FAULTS.put("unknown end", EnvRule.AGENT_UNKNOWN);
        FAULTS.put("reward after the end", EnvRule.AGENT_GONE);
        FAULTS.put("observation after the end", EnvRule.AGENT_GONE);
        FAULTS.put("ended twice", EnvRule.AGENT_GONE);
        FAULTS.put("cut without observation", EnvRule.FINAL_OBSERVATION_MISSING);
        FAULTS.put("nobody begins", EnvRule.NOBODY_ACTS);
        FAULTS.put("close throws", EnvRule.CLOSE_FAILS);
    }

    /** The rules that this checker tests beside those of {@link EnvCheckerTest}. */
    static final Set<EnvRule> RULES = Set.of(
            EnvRule.AGENTS_WRONG,
            EnvRule.AGENT_UNKNOWN,
            EnvRule.AGENT_GONE,
            EnvRule.FINAL_OBSERVATION_MISSING,
            EnvRule.NOBODY_ACTS);

    static Stream<String> faults() {
        return FAULTS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsTheFaultAndNoOther(String fault) {
        EnvReport report = MultiAgentEnvChecker.check("bad", () -> new BadAgents(fault));
        assertThat(report.rules()).as(report.toString()).containsExactly(FAULTS.get(fault));
    }

    @Test
    void findsNothingInAGoodOne() {
        EnvReport report = MultiAgentEnvChecker.check("good", () -> new BadAgents("none"));
        assertThat(report.toString()).isEqualTo("good: nothing to complain about");
    }

    @Test
    void showsEveryRuleOfAgents() {
        assertThat(FAULTS.values().stream().collect(Collectors.toSet())).containsAll(RULES);
    }

    @Test
    void saysWhatIsWrongWhereAndWhatToDo() {
        assertThatThrownBy(() -> MultiAgentEnvChecker.check("bad", () -> new BadAgents("ended twice"))
                        .orThrow())
                .hasMessageContaining("ERROR AGENT_GONE, step 6: there is 'terminated' for a, who has ended before.")
                .hasMessageContaining("Leave an agent out");
    }
}
