package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.TimeLimit;
import org.rltune.env.WrapperType;

/** A wrapper that a spec names does what the same wrapper made by its constructor does. */
final class NamedWrappersTest {
    @TempDir
    Path folder;

    private static Env<?, ?> wrap(String name, Map<String, Object> config, Env<?, ?> env) throws Exception {
        WrapperType type = new GymnasiumWrappers()
                .wrappers().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return type.factory().wrap(env, EnvContext.of(type.config().complete(config)));
    }

    private record Case(Map<String, Object> config, Supplier<Env<?, ?>> inside, Class<?> expected) {}

    private Map<String, Case> cases() {
        Map<String, Case> all = new LinkedHashMap<>();
        Supplier<Env<?, ?>> vectors = ProbeEnv::vectors;
        Supplier<Env<?, ?>> images = ProbeEnv::images;
        Supplier<Env<?, ?>> limited = () -> new TimeLimit<>(ProbeEnv.vectors(), 9);
        all.put("Autoreset", new Case(Map.of(), vectors, Autoreset.class));
        all.put(
                "RecordEpisodeStatistics",
                new Case(Map.of("buffer_length", 3, "stats_key", "s"), vectors, RecordEpisodeStatistics.class));
        all.put("ClipAction", new Case(Map.of(), vectors, ClipAction.class));
        all.put("RescaleAction", new Case(Map.of("min_action", -1, "max_action", 1), vectors, RescaleAction.class));
        all.put("DiscretizeAction", new Case(Map.of("bins", List.of(3, 4)), vectors, DiscretizeAction.class));
        all.put(
                "StickyAction",
                new Case(
                        Map.of("repeat_action_probability", 0.25, "repeat_action_duration", List.of(1, 3)),
                        vectors,
                        StickyAction.class));
        all.put("RepeatAction", new Case(Map.of("num_repeats", 2), vectors, RepeatAction.class));
        all.put("ClipReward", new Case(Map.of("min_reward", -1), vectors, ClipReward.class));
        all.put("NormalizeReward", new Case(Map.of("gamma", 0.9), vectors, NormalizeReward.class));
        all.put("NormalizeObservation", new Case(Map.of(), vectors, NormalizeObservation.class));
        all.put("ActionMaskFromInfo", new Case(Map.of(), MaskingEnv::new, ActionMaskFromInfo.class));
        all.put("FlattenObservation", new Case(Map.of(), ProbeEnv::maps, FlattenObservation.class));
        all.put(
                "FilterObservation",
                new Case(Map.of("filter_keys", List.of("zeta")), ProbeEnv::maps, FilterObservation.class));
        all.put(
                "FrameStackObservation",
                new Case(Map.of("stack_size", 3, "padding_type", "zero"), vectors, FrameStackObservation.class));
        all.put("MaxAndSkipObservation", new Case(Map.of("skip", 3), vectors, MaxAndSkipObservation.class));
        all.put("GrayscaleObservation", new Case(Map.of("keep_dim", true), images, GrayscaleObservation.class));
        all.put("ResizeObservation", new Case(Map.of("shape", List.of(4, 4)), images, ResizeObservation.class));
        all.put("ReshapeObservation", new Case(Map.of("shape", List.of(1, 3)), vectors, ReshapeObservation.class));
        all.put(
                "RescaleObservation",
                new Case(
                        Map.of("min_obs", List.of(0, 0, -1), "max_obs", List.of(1, 1, 1)),
                        vectors,
                        RescaleObservation.class));
        all.put("TimeAwareObservation", new Case(Map.of("flatten", false), limited, TimeAwareObservation.class));
        all.put("DelayObservation", new Case(Map.of("delay", 1), vectors, DelayObservation.class));
        all.put(
                "DiscretizeObservation",
                new Case(Map.of("bins", 4, "multidiscrete", true), vectors, DiscretizeObservation.class));
        all.put("DtypeObservation", new Case(Map.of("dtype", "float64"), vectors, DtypeObservation.class));
        all.put(
                "RecordVideo",
                new Case(Map.of("video_folder", folder.toString(), "episode_every", 2), vectors, RecordVideo.class));
        all.put("AddRenderObservation", new Case(Map.of("render_only", false), vectors, AddRenderObservation.class));
        all.put("AddWhiteNoise", new Case(Map.of("probability_of_noise_per_pixel", 0.5), vectors, AddWhiteNoise.class));
        all.put(
                "ObstructView",
                new Case(Map.of("obstructed_pixels_ratio", 0.5, "obstruction_width", 2), vectors, ObstructView.class));
        all.put("RenderCollection", new Case(Map.of("pop_frames", false), vectors, RenderCollection.class));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> namesMakeTheirWrappers() {
        return cases().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Case one = entry.getValue();
                    try (Env<?, ?> env =
                            wrap(entry.getKey(), one.config(), one.inside().get())) {
                        assertThat(env).isInstanceOf(one.expected());
                        env.reset(1);
                    }
                }));
    }

    @Test
    void everyNameIsTriedHereAndRegistered() {
        List<String> names = new GymnasiumWrappers()
                .wrappers().stream().map(WrapperType::name).toList();
        // A window needs a display.
        assertThat(names)
                .hasSize(cases().size() + 1)
                .containsAll(cases().keySet())
                .contains("HumanRendering");
        assertThat(Envs.wrappers()).containsAll(names);
    }

    @Test
    void settingsReachTheWrapper() throws Exception {
        Env<?, ?> stack =
                wrap("FrameStackObservation", Map.of("stack_size", 2, "padding_type", "zero"), ProbeEnv.vectors());
        float[] first = (float[]) stack.reset(1).observation();
        assertThat(first).startsWith(0, 0, 0).endsWith(ProbeEnv.vector(0, 0));
        Env<?, ?> time =
                wrap("TimeAwareObservation", Map.of("normalize_time", true), new TimeLimit<>(ProbeEnv.vectors(), 4));
        assertThat(time.observationSpace().flatSize()).isEqualTo(4);
        assertThat(wrap("DiscretizeAction", Map.of("bins", 4), ProbeEnv.vectors())
                        .actionSpace())
                .hasToString("Discrete(16)");
    }

    @Test
    void missingAndWrongSettingsAreNamed() {
        assertThatThrownBy(() -> wrap("RepeatAction", Map.of(), ProbeEnv.vectors()))
                .hasMessageContaining("'num_repeats' is missing");
        assertThatThrownBy(() -> wrap("RepeatAction", Map.of("num_repeats", 1.5), ProbeEnv.vectors()))
                .hasMessageContaining("'num_repeats' is 1.5 (Double)");
        assertThatThrownBy(() -> wrap("ResizeObservation", Map.of("shape", 4), ProbeEnv.images()))
                .hasMessageContaining("'shape' has 1 numbers")
                .hasMessageContaining("height and width");
        assertThatThrownBy(() -> wrap("RescaleAction", Map.of("min_action", "x"), ProbeEnv.vectors()))
                .hasMessageContaining("'min_action' is x (String)");
        assertThatThrownBy(() -> wrap("DtypeObservation", Map.of("dtype", "float46"), ProbeEnv.vectors()))
                .hasMessageContaining("float46");
        assertThatThrownBy(() -> wrap(
                        "StickyAction",
                        Map.of("repeat_action_probability", 0.5, "repeat_action_duration", List.of(1, 2, 3)),
                        ProbeEnv.vectors()))
                .hasMessageContaining("'repeat_action_duration' has 3 numbers");
    }
}
