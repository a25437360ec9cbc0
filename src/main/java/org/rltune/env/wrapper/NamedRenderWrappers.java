package org.rltune.env.wrapper;

import static org.rltune.env.wrapper.GymnasiumWrappers.settings;

import java.nio.file.Path;
import java.util.List;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.WrapperType;

/** The wrappers of pictures that a spec can name. */
final class NamedRenderWrappers {
    private NamedRenderWrappers() {}

    static List<WrapperType> all() {
        return List.of(
                WrapperType.of("HumanRendering", (env, context) -> new HumanRendering<>(env)),
                new WrapperType(
                        "RecordVideo",
                        settings()
                                .any("video_folder", "where the files go")
                                .integer(
                                        "episode_every",
                                        0,
                                        "record every so many episodes; 0 for cubes",
                                        0,
                                        Integer.MAX_VALUE)
                                .integer(
                                        "step_every", 0, "begin every so many steps; 0 for never", 0, Integer.MAX_VALUE)
                                .integer(
                                        "video_length",
                                        0,
                                        "steps after which a recording ends; 0 for whole episodes",
                                        0,
                                        Integer.MAX_VALUE - 1)
                                .text("name_prefix", VideoOptions.defaults().namePrefix(), "how names of files begin")
                                .integer("fps", 0, "pictures per second; 0 for the environment's", 0, Integer.MAX_VALUE)
                                .choice("format", "gif", List.of("gif", "png"), "what is written")
                                .build(),
                        NamedRenderWrappers::video),
                new WrapperType(
                        "AddRenderObservation",
                        settings()
                                .flag("render_only", true, "the picture in place of the observation")
                                .text("render_key", AddRenderObservation.DEFAULT_RENDER_KEY, "key of the picture")
                                .text("obs_key", AddRenderObservation.DEFAULT_OBS_KEY, "key of the observation")
                                .build(),
                        (env, context) -> context.flag("render_only")
                                ? AddRenderObservation.renderOnly(env)
                                : AddRenderObservation.beside(
                                        env, context.text("render_key"), context.text("obs_key"))),
                new WrapperType(
                        "AddWhiteNoise",
                        settings()
                                .any("probability_of_noise_per_pixel", "in [0, 1)")
                                .flag("is_noise_grayscale", false, "gray noise")
                                .build(),
                        (env, context) -> new AddWhiteNoise<>(
                                env,
                                Settings.number(context, "probability_of_noise_per_pixel"),
                                context.flag("is_noise_grayscale"))),
                new WrapperType(
                        "ObstructView",
                        settings()
                                .any("obstructed_pixels_ratio", "part of the picture, in [0, 1)")
                                .any("obstruction_width", "width of a square in pixels")
                                .flag("is_noise_grayscale", false, "gray noise")
                                .build(),
                        (env, context) -> new ObstructView<>(
                                env,
                                Settings.number(context, "obstructed_pixels_ratio"),
                                Settings.integer(context, "obstruction_width"),
                                context.flag("is_noise_grayscale"))),
                new WrapperType(
                        "RenderCollection",
                        settings()
                                .flag("pop_frames", true, "asking for the pictures forgets them")
                                .flag("reset_clean", true, "a reset forgets the pictures before it")
                                .build(),
                        (env, context) ->
                                new RenderCollection<>(env, context.flag("pop_frames"), context.flag("reset_clean"))));
    }

    private static Env<?, ?> video(Env<?, ?> env, EnvContext context) {
        VideoOptions options = VideoOptions.defaults()
                .withVideoLength(context.integer("video_length"))
                .withFps(context.integer("fps"))
                .withNamePrefix(prefix(context))
                .withFormat(VideoFormat.of(context.text("format")));
        long episodes = context.get("episode_every", 0L);
        long steps = context.get("step_every", 0L);
        options = episodes > 0 ? options.withEpisodeTrigger(episode -> episode % episodes == 0) : options;
        options = steps > 0 ? options.withStepTrigger(step -> step % steps == 0) : options;
        return new RecordVideo<>(env, Path.of(Settings.text(context, "video_folder")), options);
    }

    /** Environments of one experiment write into one folder, each under its own name. */
    private static String prefix(EnvContext context) {
        String prefix = context.text("name_prefix");
        boolean alone = context.workerIndex() == 0 && context.vectorIndex() == 0;
        return alone ? prefix : prefix + "-worker-" + context.workerIndex() + "-env-" + context.vectorIndex();
    }
}
