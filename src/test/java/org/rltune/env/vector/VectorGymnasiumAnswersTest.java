package org.rltune.env.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.env.AutoresetMode.DISABLED;
import static org.rltune.env.AutoresetMode.NEXT_STEP;
import static org.rltune.env.AutoresetMode.SAME_STEP;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.AutoresetMode;
import org.rltune.env.FlatActions;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorInfos;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.wrapper.Recorded;
import org.rltune.env.wrapper.VideoFormat;
import org.rltune.env.wrapper.VideoOptions;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;

/** Observations, rewards, flags, infos and actions are those of Gymnasium 1.3.0's vector wrappers, bit for bit. */
final class VectorGymnasiumAnswersTest {
    private static final Map<String, Object> RECORDED =
            Recorded.read(VectorGymnasiumAnswersTest.class, "gymnasium_vector_wrappers.json");
    private static final float[][] ACTIONS = {
        {0, 0, 1, -1, -1, 1},
        {0.3f, 0.7f, -0.123f, 0.9999f, 5, -7},
        {(float) (1 / 3.0), (float) (-1 / 3.0), 2, 2, -2, 3}
    };

    private static List<?> recorded(String name) {
        return (List<?>) Objects.requireNonNull(RECORDED.get(name), name);
    }

    private static VectorEnv vectors(int n) {
        return Probes.envs("vectors", n, NEXT_STEP);
    }

    private static VectorEnv kind(String kind) {
        return Probes.envs(kind, Probes.ENVS, NEXT_STEP);
    }

    private static Map<String, Supplier<VectorEnv>> played() {
        Map<String, Supplier<VectorEnv>> all = new LinkedHashMap<>();
        all.put("NormalizeObservation", () -> new NormalizeObservation(vectors(3)));
        all.put("NormalizeObservation epsilon 0.5", () -> new NormalizeObservation(vectors(5), 0.5));
        all.put("NormalizeObservation of one", () -> new NormalizeObservation(vectors(1)));
        for (int n : new int[] {5, 20, 300}) {
            all.put(
                    "NormalizeObservation numbers " + n,
                    () -> new NormalizeObservation(Probes.envs("numbers", n, NEXT_STEP)));
        }
        all.put("NormalizeObservation images", () -> new NormalizeObservation(Probes.envs("images", 2, NEXT_STEP)));
        all.put("NormalizeReward", () -> new NormalizeReward(vectors(3)));
        all.put("NormalizeReward gamma 0.5 epsilon 0.1", () -> new NormalizeReward(vectors(9), 0.5, 0.1));
        all.put("NormalizeReward of 150", () -> new NormalizeReward(Probes.envs("numbers", 150, NEXT_STEP)));
        for (AutoresetMode mode : List.of(NEXT_STEP, DISABLED)) {
            inAnyMode()
                    .forEach((name, wrapper) -> all.put(
                            name + " " + mode,
                            () -> wrapper.apply(Probes.envs(
                                    name.startsWith("FilterObservation") ? "maps" : "vectors", Probes.ENVS, mode))));
        }
        all.put("RecordEpisodeStatistics", () -> new RecordEpisodeStatistics(vectors(3), 5, "episode"));
        all.put("FilterObservation lists", () -> FilterObservation.parts(kind("lists"), 1, 0));
        all.put("FlattenObservation", () -> new FlattenObservation(kind("maps")));
        all.put("FlattenObservation lists", () -> new FlattenObservation(kind("lists")));
        all.put("GrayscaleObservation", () -> new GrayscaleObservation(kind("images")));
        all.put("ResizeObservation smaller", () -> new ResizeObservation(kind("images"), 4, 3));
        all.put("ResizeObservation larger", () -> new ResizeObservation(kind("images"), 7, 9));
        all.put("ReshapeObservation", () -> new ReshapeObservation(kind("images"), 10, 9));
        all.put("DtypeObservation", () -> DtypeObservation.to(vectors(3), DType.INT32));
        return all;
    }

    private static Map<String, Function<VectorEnv, VectorEnv>> inAnyMode() {
        double above = Double.POSITIVE_INFINITY;
        Map<String, Function<VectorEnv, VectorEnv>> all = new LinkedHashMap<>();
        all.put("ClipReward", env -> new ClipReward(env, -1, 0.25));
        all.put("ClipReward above 0.5", env -> new ClipReward(env, 0.5, above));
        all.put("TransformReward", env -> new TransformReward(env, r -> 2 * r + 1));
        all.put("RescaleObservation", env -> new RescaleObservation(env, -1, 1));
        all.put(
                "TransformObservation",
                env -> new TransformObservation(
                        env,
                        (from, at, into, to) -> {
                            into[to] = from[at + 1] + 100;
                            into[to + 1] = from[at + 2] + 100;
                        },
                        Box.of(-9999, 9999, 2)));
        all.put("FilterObservation", env -> FilterObservation.keys(env, "zeta", "alpha"));
        all.put(
                "VectorizeTransformObservation",
                env -> new VectorizeTransformObservation(
                        env,
                        float[].class,
                        one -> new org.rltune.env.wrapper.TransformObservation<>(
                                one,
                                o -> Map.of("rest", new float[] {o[1], o[2]}, "head", new float[] {o[0]}),
                                Dict.of("head", Box.of(-9, 9, 1), "rest", Box.of(-9999, 9999, 2)))));
        all.put(
                "VectorizeTransformReward",
                env -> new VectorizeTransformReward(
                        env, one -> new org.rltune.env.wrapper.TransformReward<>(one, r -> (r > 0 ? 1 : 0) * r)));
        return all;
    }

    /** Resets and steps with zeros, as the recorder does. */
    private static List<Object> play(VectorEnv env, int steps) {
        VectorStep out = env.newStep();
        List<Object> lines = new ArrayList<>();
        env.reset(VectorReset.seed(3), out);
        lines.add(List.of(Recorded.plain(out.observation)));
        for (int k = 0; k < steps; k++) {
            env.step(new float[env.numEnvs() * env.actionSize()], out);
            List<Object> line = new ArrayList<>(List.of(
                    Recorded.plain(out.observation),
                    Recorded.plain(out.reward),
                    flags(out.terminated),
                    flags(out.truncated)));
            if (env instanceof RecordEpisodeStatistics) {
                line.add(statistics(out.infos()));
            }
            lines.add(line);
            boolean[] ended = new boolean[env.numEnvs()];
            boolean any = false;
            for (int e = 0; e < ended.length; e++) {
                ended[e] = out.ended(e);
                any |= ended[e];
            }
            if (any && env.autoresetMode() == DISABLED) {
                env.reset(VectorReset.next().where(ended), out);
                lines.add(List.of(Recorded.plain(out.observation)));
            }
        }
        return lines;
    }

    private static List<Boolean> flags(boolean[] values) {
        List<Boolean> list = new ArrayList<>();
        for (boolean value : values) {
            list.add(value);
        }
        return list;
    }

    private static List<Object> statistics(VectorInfos infos) {
        VectorInfos episode = infos.infos("episode");
        if (episode.isEmpty()) {
            return List.of();
        }
        assertThat(infos.mask("episode")).isEqualTo(episode.mask("t"));
        return List.of(
                flags(infos.mask("episode")), Recorded.plain(episode.doubles("r")), Recorded.plain(episode.longs("l")));
    }

    private static int steps(List<?> lines) {
        return (int) lines.stream().filter(line -> ((List<?>) line).size() > 1).count();
    }

    private static void equal(List<?> expected, List<?> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).as("line " + i).isEqualTo(expected.get(i));
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAsGymnasium() {
        return played().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    List<?> expected = recorded(entry.getKey());
                    equal(expected, play(entry.getValue().get(), steps(expected)));
                }));
    }

    @Test
    void everyRecordingOfAnswersIsPlayed() {
        List<String> others = List.of(
                "NormalizeObservation frozen",
                "NormalizeReward frozen",
                "NormalizeReward reset",
                "ClipAction",
                "RescaleAction",
                "TransformAction",
                "VectorizeTransformAction",
                "origin");
        List<String> names = RECORDED.keySet().stream()
                .filter(name -> !name.contains("Record") || name.equals("RecordEpisodeStatistics"))
                .filter(name -> !name.contains("tiles") && !others.contains(name))
                .toList();
        assertThat(played().keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(RECORDED.get("origin").toString()).startsWith("gymnasium 1.3.0,");
    }

    @Test
    void frozenStatisticsNormalizeWithoutMoving() {
        NormalizeObservation observations = new NormalizeObservation(vectors(3));
        List<Object> lines = play(observations, 9);
        observations.updateRunningMean(false);
        double before = observations.statistics().mean(0);
        lines.addAll(play(observations, 5));
        assertThat(observations.statistics().mean(0)).isEqualTo(before);
        equal(recorded("NormalizeObservation frozen"), lines);
        NormalizeReward rewards = new NormalizeReward(vectors(3));
        lines = play(rewards, 9);
        rewards.updateRunningMean(false);
        double variance = rewards.variance();
        lines.addAll(play(rewards, 9));
        assertThat(rewards.variance()).isEqualTo(variance);
        equal(recorded("NormalizeReward frozen"), lines);
    }

    @Test
    void aResetClearsTheDiscountedSumsAndKeepsTheirStatistics() {
        NormalizeReward rewards = new NormalizeReward(vectors(3));
        List<Object> lines = play(rewards, 12);
        lines.addAll(play(rewards, 12));
        equal(recorded("NormalizeReward reset"), lines);
    }

    @Test
    void keepsTheLatestEpisodesInQueues() {
        RecordEpisodeStatistics env = new RecordEpisodeStatistics(vectors(3), 5, "episode");
        play(env, 25);
        assertThat(Recorded.plain(List.of(env.returnQueue(), env.lengthQueue(), env.episodeCount())))
                .isEqualTo(recorded("RecordEpisodeStatistics queues"));
    }

    @TestFactory
    Stream<DynamicTest> passesActionsOnAsGymnasium() {
        Map<String, Supplier<List<Object>>> cases = new LinkedHashMap<>();
        cases.put("ClipAction", () -> seen(ClipAction::new, ACTIONS));
        cases.put("RescaleAction", () -> seen(env -> new RescaleAction(env, -1, 1), ACTIONS));
        cases.put(
                "TransformAction",
                () -> seen(
                        env -> new TransformAction(
                                env,
                                (from, at, into, to) -> {
                                    into[to] = from[at] * 0.3f;
                                    into[to + 1] = from[at + 1] * 0.3f;
                                },
                                Box.of(-7, 10, 2)),
                        ACTIONS));
        cases.put("VectorizeTransformAction", () -> {
            Dict space = Dict.of("left", Box.of(0, 1, 1), "right", Box.of(0, 1, 1));
            return seen(
                    env -> new VectorizeTransformAction(
                            env,
                            float[].class,
                            one -> new org.rltune.env.wrapper.TransformAction<>(
                                    one,
                                    a -> new float[] {
                                        ((float[]) Objects.requireNonNull(a.get("left")))[0],
                                        -((float[]) Objects.requireNonNull(a.get("right")))[0]
                                    },
                                    space)),
                    sides(space, 0),
                    sides(space, 1));
        });
        return cases.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> assertThat(entry.getValue().get()).isEqualTo(recorded(entry.getKey()))));
    }

    private static float[] sides(Dict space, int k) {
        float[] flat = new float[2 * Probes.ENVS];
        float[] left = {k, 1, 0.5f};
        float[] right = {0.25f, 1, k};
        for (int e = 0; e < Probes.ENVS; e++) {
            FlatActions.of(space)
                    .encode(Map.of("left", new float[] {left[e]}, "right", new float[] {right[e]}), flat, 2 * e);
        }
        return flat;
    }

    private static List<Object> seen(Function<VectorEnv, VectorEnv> wrapper, float[]... actions) {
        VectorEnv inside = Probes.envs("vectors", Probes.ENVS, NEXT_STEP, 1000, env -> env);
        VectorEnv env = wrapper.apply(inside);
        VectorStep out = env.newStep();
        env.reset(VectorReset.seed(3), out);
        List<Object> lines = new ArrayList<>();
        for (int k = 0; k < actions.length; k++) {
            float[] given = actions[k].clone();
            env.step(given, out);
            assertThat(given).as("the actions given stay as they are").isEqualTo(actions[k]);
            List<Object> line = new ArrayList<>();
            for (int e = 0; e < Probes.ENVS; e++) {
                line.addAll((List<?>)
                        Recorded.plain(Probes.inside(inside, e).actions.get(k)));
            }
            lines.add(line);
        }
        return lines;
    }

    @Test
    void arrangesPicturesAsGymnasium() {
        for (Object one : recorded("RecordVideo tiles")) {
            List<?> line = (List<?>) one;
            List<?> ratio = (List<?>) line.get(3);
            Tiles tiles = Tiles.whole(at(line, 0), at(line, 1), at(line, 2), (double) at(ratio, 0) / at(ratio, 1));
            assertThat(tiles.columns()).as(line.toString()).isEqualTo(at(line, 4));
            assertThat(tiles.wholeHeight()).as(line.toString()).isEqualTo(at(line, 5) * at(line, 2));
        }
        for (Object one : recorded("HumanRendering tiles")) {
            List<?> line = (List<?>) one;
            List<?> screen = (List<?>) line.get(3);
            List<?> scaled = (List<?>) line.get(6);
            assertThat(Tiles.within(at(line, 0), at(line, 1), at(line, 2), at(screen, 0), at(screen, 1)))
                    .as(line.toString())
                    .isEqualTo(new Tiles(at(line, 4), at(scaled, 0), at(scaled, 1), at(screen, 0), at(screen, 1)));
        }
    }

    private static int at(List<?> numbers, int i) {
        return ((Double) numbers.get(i)).intValue();
    }

    @TestFactory
    Stream<DynamicTest> recordsTheEpisodesAndStepsThatGymnasiumRecords(@TempDir Path folder) {
        VideoOptions png = VideoOptions.defaults().withFormat(VideoFormat.PNG);
        Map<String, VideoOptions> cases = new LinkedHashMap<>();
        cases.put("RecordVideo", png.withEpisodeTrigger(e -> e % 2 == 0));
        cases.put("RecordVideo cubes", png);
        cases.put("RecordVideo steps", png.withStepTrigger(k -> k % 15 == 3).withVideoLength(6));
        cases.put("RecordVideo both", png.withEpisodeTrigger(e -> e == 1).withStepTrigger(k -> k == 20));
        return Stream.of(NEXT_STEP, SAME_STEP, DISABLED)
                .flatMap(mode -> cases.entrySet().stream()
                        .map(entry -> DynamicTest.dynamicTest(entry.getKey() + " " + mode, () -> {
                            Path here = folder.resolve(entry.getKey() + mode);
                            try (RecordVideo env = new RecordVideo(
                                    Probes.envs("vectors", Probes.ENVS, mode), here, entry.getValue())) {
                                play(env, 40);
                            }
                            assertThat(pictures(here)).isEqualTo(RECORDED.get(entry.getKey() + " " + mode));
                        })));
    }

    private static Map<String, Object> pictures(Path folder) throws IOException {
        Map<String, Object> counts = new TreeMap<>();
        try (Stream<Path> recordings = Files.list(folder)) {
            for (Path recording : recordings.toList()) {
                String[] files = Objects.requireNonNull(recording.toFile().list());
                Arrays.sort(files);
                counts.put(recording.getFileName().toString(), (double) files.length);
            }
        }
        return counts;
    }
}
