package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/** Every fault must be found and named, and nothing else with it. */
final class EnvCheckerTest {
    /** The faults of {@link BadEnv}, each with the rules that it breaks. */
    private static final Map<String, Set<EnvRule>> FAULTS = new LinkedHashMap<>();

    private static void fault(String name, EnvRule... rules) {
        FAULTS.put(name, Set.of(rules));
    }

    static {
        fault("no space", EnvRule.SPACE_MISSING);
        fault("no action space", EnvRule.SPACE_MISSING);
        fault("space throws", EnvRule.SPACE_MISSING);
        fault("space changes", EnvRule.SPACE_CHANGES);
        fault("space of its own", EnvRule.SPACE_CHANGES);
        fault("reset throws", EnvRule.RESET_FAILS);
        fault("reset needs a seed", EnvRule.RESET_FAILS);
        fault("negative seed", EnvRule.NEGATIVE_SEED);
        fault("negative seed fails", EnvRule.NEGATIVE_SEED);
        fault("options ignored", EnvRule.OPTION_IGNORED);
        fault("options fail", EnvRule.OPTION_IGNORED);
        fault("never seeded", EnvRule.RESET_NOT_DETERMINISTIC);
        fault("reset info by call", EnvRule.RESET_NOT_DETERMINISTIC);
        fault("always one seed", EnvRule.SEED_IGNORED);
        fault("step throws", EnvRule.STEP_FAILS);
        fault("reset null", EnvRule.RESULT_NULL);
        fault("step null", EnvRule.RESULT_NULL);
        fault("observation null", EnvRule.RESULT_NULL);
        fault("info null", EnvRule.RESULT_NULL);
        fault("reset outside", EnvRule.OBSERVATION_OUTSIDE);
        fault("step outside", EnvRule.OBSERVATION_OUTSIDE);
        fault("wrong length", EnvRule.OBSERVATION_OUTSIDE);
        fault("wrong type", EnvRule.OBSERVATION_OUTSIDE);
        fault("reward NaN", EnvRule.REWARD_NOT_FINITE);
        fault("truncated at once", EnvRule.TRUNCATED_AT_ONCE);
        fault("both flags", EnvRule.BOTH_ENDED);
        fault("clock", EnvRule.STEP_NOT_DETERMINISTIC);
        fault("reward by call", EnvRule.STEP_NOT_DETERMINISTIC);
        fault("flag by call", EnvRule.STEP_NOT_DETERMINISTIC);
        fault("info by call", EnvRule.STEP_NOT_DETERMINISTIC);
        fault("speed left over", EnvRule.STEP_NOT_DETERMINISTIC);
        fault("observation reused", EnvRule.OBSERVATION_REUSED);
        fault("info reused", EnvRule.OBSERVATION_REUSED);
        fault("action changed", EnvRule.ACTION_CHANGED);
        fault("action kept", EnvRule.ACTION_KEPT);
        fault("static state", EnvRule.INSTANCES_SHARE_STATE);
        fault("instance number", EnvRule.INSTANCES_SHARE_STATE);
        fault("late instance number", EnvRule.REPLAY_DIFFERS);
        fault("render throws", EnvRule.RENDER_FAILS);
        fault("render null", EnvRule.RENDER_FAILS);
        fault("blank text", EnvRule.RENDER_FAILS);
        fault("undeclared", EnvRule.RENDER_UNDECLARED);
        fault("render draws chance", EnvRule.RENDER_CHANGES);
        fault("render moves", EnvRule.RENDER_CHANGES);
        fault("render shared", EnvRule.RENDER_SHARED);
        fault("render grows", EnvRule.RENDER_SIZE);
        fault("no fps", EnvRule.RENDER_FPS);
        fault("snapshot without speed", EnvRule.SNAPSHOT_DIFFERS);
        fault("snapshot without generator", EnvRule.SNAPSHOT_DIFFERS);
        fault("snapshot draws", EnvRule.SNAPSHOT_DIFFERS);
        fault("snapshot shared", EnvRule.SNAPSHOT_DIFFERS);
        fault("anything restored", EnvRule.SNAPSHOT_UNCHECKED);
        fault("restore fails oddly", EnvRule.SNAPSHOT_UNCHECKED);
        fault("no snapshot, anything restored", EnvRule.SNAPSHOT_UNCHECKED);
        fault("close throws", EnvRule.CLOSE_FAILS);
        fault("close once", EnvRule.CLOSE_FAILS);
    }

    static Stream<String> faults() {
        return FAULTS.keySet().stream();
    }

    private static EnvReport checked(String fault) {
        return EnvChecker.check(() -> new BadEnv(fault));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsTheFault(String fault) {
        EnvReport report = checked(fault);
        assertThat(report.rules()).as(report.toString()).isEqualTo(FAULTS.get(fault));
        boolean error = FAULTS.get(fault).stream().anyMatch(EnvRule::error);
        if (error) {
            assertThatThrownBy(report::orThrow)
                    .isInstanceOf(EnvException.class)
                    .hasMessageContaining(report.findings().get(0).rule().remedy());
        } else {
            assertThat(report.orThrow()).isSameAs(report);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "no chance", "coin", "no snapshot", "info with an array"})
    void findsNothingInAGoodEnvironment(String variant) {
        EnvReport report = checked(variant);
        assertThat(report.findings()).as(report.toString()).isEmpty();
        assertThat(report.toString()).isEqualTo(BadEnv.class.getName() + ": nothing to complain about");
    }

    /** Observes what is drawn from one space and takes actions of another. */
    private static final class Drawn<O, A> extends SeededEnv<O, A> {
        Drawn(Space<O> observations, Space<A> actions) {
            super(observations, actions);
        }

        @Override
        protected O start(Map<String, Object> options) {
            if (!options.isEmpty()) {
                throw new IllegalArgumentException("no options");
            }
            return observationSpace().sample(random());
        }

        @Override
        public StepResult<O> step(A action) {
            return new StepResult<>(observationSpace().sample(random()), 0, false, false);
        }

        @Override
        protected void state(StateFields fields) {}
    }

    private static Set<EnvRule> rules(Space<?> observations, Space<?> actions) {
        EnvReport report = drawn(observations, actions);
        assertThat(report.errors()).as(report.toString()).isEmpty();
        return report.rules();
    }

    private static <O, A> EnvReport drawn(Space<O> observations, Space<A> actions) {
        return EnvChecker.check(() -> new Drawn<>(observations, actions));
    }

    @Test
    void warnsOfBoundsThatMakeNoSense() {
        Discrete two = Discrete.of(2);
        Box normal = Box.of(-1, 1, 2);
        assertThat(rules(normal, two)).isEmpty();
        assertThat(rules(Box.of(3, 3, 2), two)).containsExactly(EnvRule.SPACE_EQUAL_BOUNDS);
        assertThat(rules(Box.of(0, Float.POSITIVE_INFINITY, 2), two)).containsExactly(EnvRule.SPACE_INFINITE);
        assertThat(rules(normal, Box.of(0, 1, 2))).isEmpty();
        assertThat(rules(normal, Box.of(-0.5f, 0.5f, 2))).isEmpty();
        assertThat(rules(normal, Box.of(-2, 2, 2))).containsExactly(EnvRule.ACTION_NOT_NORMALISED);
        assertThat(rules(normal, Box.of(-1, 0.5f, 2))).containsExactly(EnvRule.ACTION_NOT_NORMALISED);
        assertThat(rules(normal, Box.of(-1, 0.5f, 2, 2))).isEmpty();
        assertThat(rules(normal, Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2)))
                .containsExactlyInAnyOrder(EnvRule.ACTION_NOT_NORMALISED, EnvRule.SPACE_INFINITE);
    }

    @Test
    void warnsOfImagesThatAreNoBytes() {
        Discrete two = Discrete.of(2);
        assertThat(rules(Box.of(0, 1, 8, 8, 3), two)).containsExactly(EnvRule.IMAGE_SPACE);
        assertThat(rules(ArrayBox.uint8(0, 200, 9, 8, 1), two)).containsExactly(EnvRule.IMAGE_SPACE);
        assertThat(rules(ArrayBox.uint8(0, 255, 9, 8, 4), two)).isEmpty();
        assertThat(rules(Box.of(0, 1, 4, 4, 3), two)).isEmpty();
    }

    @Test
    void looksIntoThePartsOfASpace() {
        Tuple observations = Tuple.of(
                Discrete.of(2), Dict.of(Map.of("a", Box.of(0, Float.POSITIVE_INFINITY, 1), "b", Box.of(3, 3, 1))));
        EnvReport report = drawn(observations, Tuple.of(Box.of(-2, 2, 1), Discrete.of(3)));
        assertThat(report.findings().stream()
                        .map(finding -> finding.rule() + " " + finding.where())
                        .toList())
                .containsExactlyInAnyOrder(
                        "SPACE_INFINITE observationSpace()[1].a",
                        "SPACE_EQUAL_BOUNDS observationSpace()[1].b",
                        "ACTION_NOT_NORMALISED actionSpace()[0]");
    }

    private static final Set<EnvRule> OF_SPACES = EnumSet.of(
            EnvRule.SPACE_EQUAL_BOUNDS, EnvRule.SPACE_INFINITE, EnvRule.ACTION_NOT_NORMALISED, EnvRule.IMAGE_SPACE);

    private static final Set<EnvRule> OF_SPECS =
            EnumSet.of(EnvRule.MAKE_FAILS, EnvRule.CONFIG_IGNORED, EnvRule.CONFIG_REFUSED, EnvRule.SPEC_MISSING);

    @Test
    void hasATestForEveryRule() {
        Set<EnvRule> tested = FAULTS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        tested.addAll(OF_SPACES);
        tested.addAll(OF_SPECS);
        tested.addAll(MultiAgentEnvCheckerTest.RULES);
        assertThat(tested).containsExactlyInAnyOrder(EnvRule.values());
    }

    private static BadEnv good(EnvContext context) {
        context.allowOnly();
        return new BadEnv("none");
    }

    @Test
    void checksWhatASpecPromises() {
        EnvSpec spec = EnvSpec.of("test/Checked-v0", EnvCheckerTest::good);
        assertThat(EnvChecker.check(spec).findings()).isEmpty();
        assertThat(EnvChecker.check(spec.withMaxEpisodeSteps(4)).findings()).isEmpty();
        assertThat(EnvChecker.check(EnvSpec.of("test/Checked-v0", context -> new BadEnv("none")))
                        .rules())
                .containsExactly(EnvRule.CONFIG_IGNORED);
        EnvReport broken = EnvChecker.check(EnvSpec.of("test/Checked-v0", context -> {
            throw new IllegalStateException("no licence");
        }));
        assertThat(broken.rules()).containsExactly(EnvRule.MAKE_FAILS);
        assertThat(broken.toString())
                .startsWith("test/Checked-v0: 1 errors, 0 warnings\nERROR MAKE_FAILS, the creator: ")
                .contains("no licence");
    }

    @Test
    void buildsEveryChoiceThatASchemaAllows() {
        EnvConfigSchema schema = EnvConfigSchema.builder()
                .choice("map", "small", List.of("small", "large"), "the map")
                .flag("wind", false, "whether there is wind")
                .number("g", 10, "gravity")
                .build();
        EnvSpec spec = EnvSpec.of("test/Choice-v0", context -> {
                    if (context.text("map").equals("large") || context.flag("wind")) {
                        throw new IllegalArgumentException("not built yet");
                    }
                    return new BadEnv("none");
                })
                .withConfig(schema);
        EnvReport report = EnvChecker.check(spec);
        assertThat(report.rules()).containsExactly(EnvRule.CONFIG_REFUSED);
        assertThat(report.findings().stream().map(EnvFinding::where).toList())
                .containsExactly("config {map=large}", "config {wind=true}");
    }

    @Test
    void sparesANondeterministicEnvironmentTheChecksOfDeterminism() {
        EnvSpec spec = EnvSpec.of("test/Clock-v0", context -> {
            context.allowOnly();
            return new BadEnv("clock");
        });
        assertThat(EnvChecker.check(spec).rules()).contains(EnvRule.STEP_NOT_DETERMINISTIC);
        assertThat(EnvChecker.check(spec.withNondeterministic(true)).findings()).isEmpty();
    }

    @Test
    void checksASingleEnvironmentAsFarAsOneGoes() {
        assertThat(EnvChecker.check(new BadEnv("none")).rules()).containsExactly(EnvRule.SPEC_MISSING);
        assertThat(EnvChecker.check(new BadEnv("clock")).rules()).contains(EnvRule.STEP_NOT_DETERMINISTIC);
        assertThat(EnvChecker.check(new BadEnv("static state")).rules()).doesNotContain(EnvRule.INSTANCES_SHARE_STATE);
        Env<?, ?> made =
                Envs.make(EnvSpec.of("test/Checked-v0", EnvCheckerTest::good).withMaxEpisodeSteps(3));
        assertThat(EnvChecker.check(made).findings()).isEmpty();
        assertThat(EnvChecker.check(made).name()).isEqualTo("test/Checked-v0");
    }

    @Test
    void findsWhatAnAdditionalWrapperForgets() {
        if (!Envs.wrappers().contains("test.Forgets")) {
            Envs.registerWrapper(WrapperType.of("test.Forgets", (env, context) -> forgets(env)));
        }
        EnvSpec spec = EnvSpec.of("test/Checked-v0", EnvCheckerTest::good);
        EnvReport report = EnvChecker.check(spec.withWrapper("test.Forgets", Map.of()));
        assertThat(report.rules()).containsExactly(EnvRule.SNAPSHOT_DIFFERS);
    }

    /** Adds the number of the step to the reward, and keeps it in no snapshot. */
    private static <O, A> Env<O, A> forgets(Env<O, A> env) {
        return new Wrapper<>(env) {
            private int steps;

            @Override
            public ResetResult<O> reset(Long seed, Map<String, Object> options) {
                steps = 0;
                return super.reset(seed, options);
            }

            @Override
            public StepResult<O> step(A action) {
                StepResult<O> result = super.step(action);
                return new StepResult<>(
                        result.observation(),
                        result.reward() + ++steps,
                        result.terminated(),
                        result.truncated(),
                        result.info());
            }
        };
    }

    @Test
    void leavesOutWhatIsMeantToBeSo() {
        EnvReport report = checked("clock");
        assertThat(report.without(EnvRule.STEP_NOT_DETERMINISTIC).findings()).isEmpty();
        assertThatCode(report.without(EnvRule.STEP_NOT_DETERMINISTIC)::orThrow).doesNotThrowAnyException();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.errors()).isEqualTo(report.findings());
    }
}
