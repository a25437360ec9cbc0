package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.TimeLimit;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** Observations, rewards, flags and actions are those that Gymnasium 1.3.0 gave, bit for bit. */
final class GymnasiumAnswersTest {
    private static final float[] ACTION = new float[2];
    private static final float[][] ACTIONS = {
        {0, 0}, {1, -1}, {-1, 1}, {0.3f, 0.7f}, {-0.123f, 0.9999f}, {5, -7}, {(float) (1 / 3.0), (float) (-1 / 3.0)}
    };

    private static Map<String, Supplier<Env<?, float[]>>> played() {
        Map<String, Supplier<Env<?, float[]>>> all = new LinkedHashMap<>();
        all.put("NormalizeObservation float32", () -> new NormalizeObservation<>(ProbeEnv.vectors()));
        all.put("NormalizeObservation epsilon 0.5", () -> new NormalizeObservation<>(ProbeEnv.vectors(), 0.5));
        all.put("NormalizeObservation float64", () -> new NormalizeObservation<>(ProbeEnv.doubles()));
        all.put("NormalizeObservation uint8", () -> new NormalizeObservation<>(ProbeEnv.images()));
        all.put("NormalizeReward", () -> new NormalizeReward<>(ProbeEnv.vectors()));
        all.put("NormalizeReward gamma 0.5 epsilon 0.1", () -> new NormalizeReward<>(ProbeEnv.vectors(), 0.5, 0.1));
        all.put("MaxAndSkipObservation", () -> new MaxAndSkipObservation<>(ProbeEnv.vectors()));
        all.put("MaxAndSkipObservation 2 uint8", () -> new MaxAndSkipObservation<>(ProbeEnv.images(), 2));
        all.put("MaxAndSkipObservation short", () -> new MaxAndSkipObservation<>(ProbeEnv.vectors(2), 4));
        all.put("FrameStackObservation reset", () -> FrameStackObservation.paddedByReset(ProbeEnv.vectors(), 3));
        all.put("FrameStackObservation zero", () -> FrameStackObservation.paddedByZeros(ProbeEnv.vectors(), 4));
        all.put(
                "FrameStackObservation custom",
                () -> FrameStackObservation.paddedBy(ProbeEnv.vectors(), 3, new float[] {1, 2, 3}));
        all.put("DelayObservation 2", () -> new DelayObservation<>(ProbeEnv.vectors(), 2));
        all.put("DelayObservation 0", () -> new DelayObservation<>(ProbeEnv.vectors(), 0));
        all.put("TimeAwareObservation", () -> TimeAwareObservation.flat(limited(ProbeEnv.vectors())));
        all.put(
                "TimeAwareObservation normalized",
                () -> TimeAwareObservation.flat(limited(ProbeEnv.vectors()), true, "time"));
        all.put(
                "TimeAwareObservation nested",
                () -> TimeAwareObservation.nested(limited(ProbeEnv.vectors()), false, "time"));
        all.put("TimeAwareObservation Dict", () -> TimeAwareObservation.flat(limited(ProbeEnv.maps()), true, "clock"));
        all.put("TimeAwareObservation Tuple", () -> TimeAwareObservation.flat(limited(ProbeEnv.lists())));
        all.put("FlattenObservation Dict", () -> new FlattenObservation<>(ProbeEnv.maps()));
        all.put("FilterObservation Tuple", () -> FilterObservation.parts(ProbeEnv.lists(), 1));
        all.put("FilterObservation Dict", () -> FilterObservation.keys(ProbeEnv.maps(), "zeta"));
        all.put("GrayscaleObservation", () -> new GrayscaleObservation<>(ProbeEnv.images()));
        all.put("RescaleObservation", () -> new RescaleObservation<>(ProbeEnv.vectors(), -1, 1));
        all.put("DiscretizeObservation 4", () -> DiscretizeObservation.discrete(ProbeEnv.vectors(), 4));
        all.put("DiscretizeObservation multi", () -> DiscretizeObservation.multiDiscrete(ProbeEnv.vectors(), 3, 7, 10));
        all.put("RepeatAction 3", () -> new RepeatAction<>(ProbeEnv.vectors(), 3));
        all.put("ClipReward", () -> new ClipReward<>(ProbeEnv.vectors(), -1.5, 0.25));
        all.put("ClipReward below", () -> new ClipReward<>(ProbeEnv.vectors(), -1.5, Double.POSITIVE_INFINITY));
        return all;
    }

    private static <O, A> Env<O, A> limited(Env<O, A> env) {
        return new TimeLimit<>(env, 20);
    }

    @TestFactory
    Stream<DynamicTest> answersAsGymnasium() {
        return played().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> equal(
                                Recorded.of(entry.getKey()), entry.getValue().get())));
    }

    private static <O> void equal(List<?> expected, Env<O, float[]> env) {
        long steps =
                expected.stream().filter(line -> ((List<?>) line).size() > 1).count();
        List<Object> actual = Recorded.play(env, (int) steps, ACTION);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).as("line " + i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void staysInsideItsBoundsWhereGymnasiumPassesThemByAUnit() {
        float[] min = {0, -0.1f, 3};
        float[] max = {1, 0.7f, 9.3f};
        Env<float[], float[]> env = new RescaleObservation<>(ProbeEnv.vectors(), min, max);
        int passed = 0;
        List<Object> actual = Recorded.play(env, 12, ACTION);
        List<?> recorded = Recorded.of("RescaleObservation past its bound");
        for (int i = 0; i < actual.size(); i++) {
            List<?> ours = (List<?>) ((List<?>) actual.get(i)).get(0);
            List<?> theirs = (List<?>) ((List<?>) recorded.get(i)).get(0);
            for (int k = 0; k < 3; k++) {
                double theirValue = (Double) theirs.get(k);
                passed += theirValue > max[k] ? 1 : 0;
                assertThat(ours.get(k)).isEqualTo(Math.min(Math.max(theirValue, min[k]), max[k]));
            }
        }
        assertThat(passed).isPositive();
    }

    @TestFactory
    Stream<DynamicTest> passesActionsOnAsGymnasium() {
        Map<String, Supplier<List<float[]>>> cases = new LinkedHashMap<>();
        cases.put("ClipAction", () -> inside(ClipAction::new, ACTIONS));
        cases.put("RescaleAction", () -> inside(env -> new RescaleAction<>(env, -1, 1), ACTIONS));
        cases.put(
                "RescaleAction arrays",
                () -> inside(env -> new RescaleAction<>(env, new float[] {-0.1f, -1}, new float[] {0.7f, 1}), ACTIONS));
        cases.put("DiscretizeAction 5", () -> {
            Integer[] numbers = new Integer[25];
            java.util.Arrays.setAll(numbers, i -> i);
            return inside(env -> DiscretizeAction.discrete(env, 5), numbers);
        });
        cases.put("DiscretizeAction multi", () -> {
            int[][] numbers = new int[21][];
            java.util.Arrays.setAll(numbers, i -> new int[] {i % 3, i % 7});
            return inside(env -> DiscretizeAction.multiDiscrete(env, 3, 7), numbers);
        });
        return cases.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(Recorded.plain(entry.getValue().get()))
                                .isEqualTo(Recorded.of(entry.getKey()))));
    }

    private interface Around<A> {
        Env<float[], A> wrap(Env<float[], float[]> env);
    }

    private static <A> List<float[]> inside(Around<A> wrapper, A[] actions) {
        ProbeEnv<float[], float[]> probe = ProbeEnv.vectors(1000);
        Env<float[], A> env = wrapper.wrap(probe);
        env.reset(3);
        for (A action : actions) {
            env.step(action);
        }
        return probe.actions;
    }

    @Test
    void findsTheNearestBinsAndTheirEdgesAsGymnasium() {
        DiscretizeAction<float[], Integer> actions = DiscretizeAction.discrete(ProbeEnv.vectors(), 3, 7);
        List<Object> numbers = new ArrayList<>();
        for (float[] action : ACTIONS) {
            numbers.add((double) actions.revertAction(action));
        }
        assertThat(numbers).isEqualTo(Recorded.of("DiscretizeAction revert"));
        DiscretizeObservation<Integer, float[]> bins = DiscretizeObservation.discrete(ProbeEnv.vectors(), 3, 7, 10);
        List<Object> edges = new ArrayList<>();
        for (int number : new int[] {0, 13, 209, 104}) {
            edges.add(List.of(Recorded.plain(bins.lowerEdges(number)), Recorded.plain(bins.upperEdges(number))));
        }
        assertThat(edges).isEqualTo(Recorded.of("DiscretizeObservation revert"));
    }

    @Test
    void sticksToActionsAsGymnasium() {
        assertThat(sticky(0.5, 1, 1)).isEqualTo(Recorded.of("StickyAction 0.5"));
        assertThat(sticky(0.3, 4, 4)).isEqualTo(Recorded.of("StickyAction 0.3 of 4"));
        assertThat(sticky(0.4, 2, 5)).isEqualTo(Recorded.of("StickyAction 0.4 of 2 to 5"));
        // The expectations of Gymnasium's own test, tests/wrappers/test_sticky_action.py.
        assertThat(sticky(0.25, 1, 1)).startsWith(0.0, 0.0, 2.0, 3.0, 3.0, 3.0, 6.0, 6.0);
        assertThat(sticky(0.25, 2, 2)).startsWith(0.0, 0.0, 0.0, 3.0, 4.0, 4.0, 4.0, 4.0);
        assertThat(sticky(0.25, 1, 3)).startsWith(0.0, 0.0, 0.0, 0.0, 4.0, 4.0, 4.0, 4.0);
    }

    private static List<Double> sticky(double probability, int least, int most) {
        ProbeEnv<float[], Integer> probe = new ProbeEnv<>(ProbeEnv.BOX, Discrete.of(1000), ProbeEnv::vector, 1000);
        Env<float[], Integer> env = new StickyAction<>(probe, probability, least, most);
        env.reset(11);
        for (int action = 0; action < 60; action++) {
            env.step(action);
        }
        return probe.actions.stream().map(Integer::doubleValue).toList();
    }

    @Test
    void resetsWithTheStepAfterTheEndAsGymnasium() {
        Env<float[], float[]> env = new Autoreset<>(ProbeEnv.vectors());
        List<Object> lines = new ArrayList<>();
        ResetResult<float[]> first = env.reset(3);
        lines.add(List.of(Recorded.plain(first.observation())));
        for (int i = 0; i < 25; i++) {
            lines.add(Recorded.line(env.step(ACTION)));
        }
        assertThat(lines).isEqualTo(Recorded.of("Autoreset"));
    }

    @Test
    void countsReturnsAndLengthsAsGymnasium() {
        RecordEpisodeStatistics<float[], float[]> env = new RecordEpisodeStatistics<>(ProbeEnv.vectors(), 2, "episode");
        List<Object> episodes = new ArrayList<>();
        for (int e = 0; e < 3; e++) {
            env.reset(3);
            StepResult<float[]> result = env.step(ACTION);
            while (!result.ended()) {
                assertThat(result.info()).isEmpty();
                result = env.step(ACTION);
            }
            Map<?, ?> statistics = (Map<?, ?>) result.info().get("episode");
            episodes.add(Recorded.plain(List.of(statistics.get("r"), statistics.get("l"))));
        }
        assertThat(episodes).isEqualTo(Recorded.of("RecordEpisodeStatistics"));
        assertThat(Recorded.plain(List.of(env.returnQueue(), env.lengthQueue())))
                .isEqualTo(Recorded.of("RecordEpisodeStatistics queues"));
    }

    @Test
    void boundsAreThoseOfGymnasium() {
        Map<String, Env<?, ?>> envs = Map.of(
                "TimeAwareObservation", TimeAwareObservation.flat(limited(ProbeEnv.vectors())),
                "RescaleObservation", new RescaleObservation<>(ProbeEnv.vectors(), -1, 1),
                "FrameStackObservation", FrameStackObservation.paddedByReset(ProbeEnv.vectors(), 3),
                "TimeAwareObservation Dict", TimeAwareObservation.flat(limited(ProbeEnv.maps()), true, "clock"),
                "FlattenObservation Dict", new FlattenObservation<>(ProbeEnv.maps()));
        envs.forEach((name, env) -> {
            Box box = (Box) env.observationSpace();
            assertThat(Recorded.plain(List.of(box.low(), box.high(), box.shape())))
                    .as(name)
                    .isEqualTo(Recorded.spaces().get(name));
        });
    }
}
