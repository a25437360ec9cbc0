package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.StepResult;
import org.rltune.env.TimeLimit;
import org.rltune.env.Wrapper;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** What wrappers refuse, and what they do where Gymnasium's tests look. */
final class WrapperErrorsTest {
    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
    }

    private static ProbeEnv<float[], Integer> steered() {
        return new ProbeEnv<>(ProbeEnv.BOX, Discrete.of(3), ProbeEnv::vector, 7);
    }

    private static ProbeEnv<float[], float[]> endless() {
        Box free = Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 3);
        return new ProbeEnv<>(free, free, ProbeEnv::vector, 7);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void wrongSpacesAreNamedWithTheRemedy() {
        Env raw = steered();
        refused(() -> new ClipAction<>(raw), "ClipAction needs a Box as action space", "Discrete(3)");
        refused(() -> new RescaleAction<>(raw, -1, 1), "RescaleAction needs a Box");
        refused(() -> DiscretizeAction.discrete(raw, 3), "DiscretizeAction needs a Box");
        Env numbers = new ProbeEnv<>(Discrete.of(3), Discrete.of(3), (e, t) -> t % 3, 7);
        refused(() -> new NormalizeObservation<>(numbers), "NormalizeObservation needs a Box or an ArrayBox");
        refused(() -> new MaxAndSkipObservation<>(numbers), "MaxAndSkipObservation needs");
        refused(() -> new GrayscaleObservation<>(numbers), "GrayscaleObservation needs images");
        refused(() -> FilterObservation.keys(numbers, "a"), "FilterObservation needs a Dict");
        refused(() -> FilterObservation.parts(numbers, 0), "FilterObservation needs a Tuple");
        refused(() -> DiscretizeObservation.discrete(numbers, 3), "DiscretizeObservation needs a Box");
    }

    @Test
    void wrongNumbersAreNamedWithTheRule() {
        refused(() -> new StickyAction<>(steered(), 1), "repeatActionProbability is 1.0", "[0.0, 1.0)");
        refused(() -> new StickyAction<>(steered(), -0.1), "repeatActionProbability is -0.1");
        refused(() -> new StickyAction<>(steered(), 0.5, 0, 2), "minDuration is 0");
        refused(() -> new StickyAction<>(steered(), 0.5, 3, 2), "maxDuration is 2", "at least 3");
        refused(() -> new RepeatAction<>(steered(), 0), "numRepeats is 0");
        refused(() -> new ClipReward<>(steered(), 2, 1), "minReward 2.0", "maxReward 1.0", "swap");
        refused(
                () -> new ClipReward<>(steered(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                "at least one bound must be finite");
        refused(() -> new NormalizeReward<>(steered(), 1.5, 1e-8), "gamma is 1.5");
        refused(() -> new NormalizeObservation<>(steered(), -1), "epsilon is -1.0");
        refused(() -> new MaxAndSkipObservation<>(steered(), 1), "skip is 1", "at least 2");
        refused(() -> FrameStackObservation.paddedByReset(steered(), 0), "stackSize is 0");
        refused(
                () -> FrameStackObservation.paddedBy(steered(), 2, new float[] {9, 0, 0}),
                "The padding is not of the observation space",
                "9.0");
        refused(() -> new DelayObservation<>(steered(), -1), "delay is -1");
        refused(() -> new RecordEpisodeStatistics<>(steered(), 0, "episode"), "bufferLength is 0");
        refused(() -> new ReshapeObservation<>(steered(), 2, 2), "(2, 2)", "(3,)", "3 elements");
        refused(() -> new ReshapeObservation<>(steered(), -1), "(-1,)");
        refused(() -> DiscretizeObservation.discrete(steered(), 0), "bins[0] is 0");
        refused(() -> DiscretizeObservation.discrete(steered(), 2, 2), "2 numbers of bins", "3 elements");
        refused(() -> DiscretizeObservation.discrete(steered(), 2000), "more than 2147483646");
    }

    @Test
    void boundsMustFit() {
        refused(() -> DiscretizeObservation.discrete(endless(), 3), "finite bounds", "element 0");
        refused(() -> DiscretizeAction.discrete(endless(), 3), "finite bounds");
        refused(() -> new RescaleObservation<>(endless(), -1, 1), "element 0", "where one is infinite");
        refused(() -> new RescaleObservation<>(steered(), 1, -1), "must not exceed", "Maybe -1.0 and 1.0?");
        refused(
                () -> new RescaleAction<>(ProbeEnv.vectors(), new float[3], new float[3]),
                "3 lower and 3 upper bounds",
                "2 elements");
        // Infinite bounds stay, as in Gymnasium.
        RescaleObservation<float[]> same =
                new RescaleObservation<>(endless(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertThat(same.reset(1).observation()).isEqualTo(ProbeEnv.vector(0, 0));
    }

    @Test
    void unknownKeysAreSuggested() {
        refused(() -> FilterObservation.keys(ProbeEnv.maps(), "zetta"), "'zetta'", "Maybe 'zeta'?");
        refused(() -> FilterObservation.keys(ProbeEnv.maps()), "no keys");
        refused(() -> FilterObservation.keys(ProbeEnv.maps(), "zeta", "zeta"), "twice");
        refused(() -> FilterObservation.parts(ProbeEnv.lists(), 2), "index 2", "0 to 1");
        refused(() -> FilterObservation.parts(ProbeEnv.lists(), 1, 1), "twice");
    }

    @Test
    void theTimeNeedsALimitAndAFreeKey() {
        refused(() -> TimeAwareObservation.flat(steered()), "needs a limit of steps", "TimeLimit");
        refused(
                () -> TimeAwareObservation.flat(new TimeLimit<>(ProbeEnv.maps(), 5), false, "zeta"),
                "dictTimeKey is 'zeta'");
    }

    @Test
    void theStatisticsDoNotOverwriteTheInfo() {
        Env<float[], Integer> telling = new Wrapper<>(steered()) {
            @Override
            public StepResult<float[]> step(Integer action) {
                StepResult<float[]> result = super.step(action);
                return new StepResult<>(result.observation(), 1, true, false, Map.of("episode", 3, "other", 4));
            }
        };
        Env<float[], Integer> wrong = new RecordEpisodeStatistics<>(telling);
        wrong.reset(1);
        assertThatThrownBy(() -> wrong.step(0))
                .hasMessageContaining("'episode'")
                .hasMessageContaining("statsKey");
        Env<float[], Integer> right = new RecordEpisodeStatistics<>(telling, 5, "stats");
        right.reset(1);
        assertThat(right.step(0).info()).containsOnlyKeys("episode", "other", "stats");
    }

    @Test
    void theDurationIsThatOfTheClock() {
        long[] clock = {7};
        RecordEpisodeStatistics<float[], Integer> env =
                new RecordEpisodeStatistics<>(steered(), 2, "episode", () -> clock[0]);
        env.reset(1);
        StepResult<float[]> result = env.step(0);
        while (!result.ended()) {
            clock[0] += 250_000_400;
            result = env.step(0);
        }
        // Six times 0.2500004 s, to a millionth.
        assertThat(((Map<?, ?>) result.info().get("episode")).get("t")).isEqualTo(1.500002);
        assertThat(env.timeQueue()).containsExactly(1.500002);
        assertThat(env.episodeCount()).isEqualTo(1);
    }

    @Test
    void frozenStatisticsNormalizeWithoutMoving() {
        NormalizeObservation<Integer, float[]> observations = new NormalizeObservation<>(steered());
        observations.reset(1);
        observations.step(0);
        double mean = observations.mean(0);
        observations.updateRunningMean(false);
        observations.step(0);
        assertThat(observations.mean(0)).isEqualTo(mean);
        NormalizeReward<float[], Integer> rewards = new NormalizeReward<>(steered());
        rewards.reset(1);
        rewards.step(0);
        double variance = rewards.variance();
        rewards.updateRunningMean(false);
        // Step 2: reward 0 * 0.25 - 2 * 0.5 + 0.1 * 2 = -0.8
        assertThat(rewards.step(0).reward()).isEqualTo((0.0 - 2 * 0.5 + 0.1 * 2) / Math.sqrt(variance + 1e-8));
        assertThat(rewards.variance()).isEqualTo(variance);
    }

    @Test
    void aKeptActionIsACopy() {
        ProbeEnv<float[], float[]> probe = ProbeEnv.vectors(1000);
        Env<float[], float[]> env = new StickyAction<>(probe, 0.9);
        env.reset(1);
        float[] reused = {1, 1};
        env.step(reused);
        reused[0] = 2;
        for (int i = 0; i < 5; i++) {
            env.step(reused);
        }
        // The probe copies its actions: a wrapper that kept the caller's array would repeat (2, 1).
        assertThat(probe.actions.subList(1, 6)).contains(new float[] {1, 1});
    }
}
