package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WrappersTest {
    private static final String WALK = "test/WrappedWalk-v3";

    @BeforeEach
    void register() {
        Envs.replace(EnvSpec.of(WALK, context -> new WalkEnv()).withMaxEpisodeSteps(4));
        Envs.replace(EnvSpec.of(FaultyEnv.ID, FaultyEnv::new));
    }

    @AfterEach
    void unregister() {
        Envs.unregister(WALK);
        Envs.unregister(FaultyEnv.ID);
    }

    @SuppressWarnings("unchecked")
    private static Env<float[], Integer> made(Env<?, ?> env) {
        return (Env<float[], Integer>) env;
    }

    @Test
    void truncatesAtTheTimeLimitAndRefusesAStepAfterIt() {
        Env<float[], Integer> env = made(Envs.make(WALK));
        env.reset(1);
        for (int i = 1; i < 4; i++) {
            assertThat(env.step(6).ended()).isFalse();
        }
        StepResult<float[]> last = env.step(6);
        assertThat(last.truncated()).isTrue();
        assertThat(last.terminated()).isFalse();
        assertThatThrownBy(() -> env.step(6))
                .isInstanceOf(ResetNeededException.class)
                .hasMessageContaining(WALK)
                .hasMessageContaining("after the end");
        env.reset();
        assertThat(env.step(6).ended()).isFalse();
    }

    @Test
    void keepsTerminationBesideTruncation() {
        Env<float[], Integer> env = new TimeLimit<>(new WalkEnv(), 1);
        env.reset(1);
        assertThat(env.step(600)).matches(StepResult::terminated).matches(StepResult::truncated);
    }

    @Test
    void refusesAStepBeforeTheFirstReset() {
        assertThatThrownBy(() -> made(Envs.make(WALK)).step(6))
                .isInstanceOf(ResetNeededException.class)
                .hasMessageContaining("before the first reset");
    }

    @Test
    void refusesAnActionOutsideItsSpace() {
        Env<float[], Integer> env = made(Envs.make(WALK));
        env.reset(1);
        env.step(5);
        assertThatThrownBy(() -> env.step(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(WALK + ", episode 0, step 2: the action is outside")
                .hasMessageContaining("4");
    }

    @ParameterizedTest
    @CsvSource({
        "nan, index 1, NaN",
        "bound, index 2, 5.0",
        "length, 4, 3",
        "null, null, observation",
        "no result, null, StepResult",
        "type, double[], observation",
        "reward, NaN, reward",
        "endless reward, Infinity, reward",
    })
    void namesEpisodeStepAndWhatIsWrong(String fault, String first, String second) {
        Env<float[], Integer> env = made(Envs.make(FaultyEnv.ID, FaultyEnv.with(fault)));
        env.reset(1);
        env.reset(2);
        env.step(0);
        env.step(0);
        assertThatThrownBy(() -> env.step(0))
                .isInstanceOf(EnvException.class)
                .hasMessageStartingWith(FaultyEnv.ID + ", episode 1, step 3: ")
                .hasMessageContaining(first)
                .hasMessageContaining(second);
    }

    @Test
    void checksTheFirstObservation() {
        Env<float[], Integer> env = made(Envs.make(FaultyEnv.ID, FaultyEnv.with("reset")));
        assertThatThrownBy(() -> env.reset(1)).hasMessageContaining("step 0").hasMessageContaining("index 1");
    }

    @Test
    void leavesTheCheckerOutOnRequest() {
        Env<float[], Integer> env = made(Envs.makeUnchecked(FaultyEnv.ID, EnvContext.of(FaultyEnv.with("bound"))));
        env.reset(1);
        env.step(0);
        env.step(0);
        assertThat(env.step(0).observation()[2]).isEqualTo(5f);
    }

    @Test
    void reportsACreatorThatFailsWithTheId() {
        assertThatThrownBy(() -> Envs.make(FaultyEnv.ID, FaultyEnv.with("creator")))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining(FaultyEnv.ID)
                .hasMessageContaining("no licence")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Envs.make(FaultyEnv.ID, Map.of("faults", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(FaultyEnv.ID + " refuses its config")
                .hasMessageContaining("Maybe 'fault'?");
    }

    @Test
    void givesAccessToTheInnermostEnvironment() {
        Env<?, ?> env = Envs.make(WALK);
        assertThat(env)
                .isInstanceOfSatisfying(
                        Wrapper.class,
                        wrapper -> assertThat(wrapper.unwrapped()).isInstanceOf(WalkEnv.class));
    }

    @Test
    void closesTheInnermostEnvironment() {
        boolean[] closed = {false};
        Env<float[], float[]> env = new TimeLimit<>(
                new Env<>() {
                    private final SteerEnv inner = new SteerEnv();

                    @Override
                    public org.rltune.space.Space<float[]> observationSpace() {
                        return inner.observationSpace();
                    }

                    @Override
                    public org.rltune.space.Space<float[]> actionSpace() {
                        return inner.actionSpace();
                    }

                    @Override
                    public ResetResult<float[]> reset(Long seed, Map<String, Object> options) {
                        return inner.reset(seed, options);
                    }

                    @Override
                    public StepResult<float[]> step(float[] action) {
                        return inner.step(action);
                    }

                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                },
                3);
        env.close();
        assertThat(closed[0]).isTrue();
    }

    @Test
    void goesOnWithTheGeneratorWithoutASeed() {
        WalkEnv env = new WalkEnv();
        float first = env.reset(3).observation()[0];
        float second = env.reset().observation()[0];
        assertThat(second).isNotEqualTo(first);
        assertThat(env.reset(3).observation()[0]).isEqualTo(first);
        assertThat(env.reset().observation()[0]).isEqualTo(second);
        assertThat(env.reset(3).info()).containsKey("place");
        assertThatThrownBy(() -> env.reset(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
