package org.rltune.env.wrapper;

import java.util.ArrayList;
import java.util.List;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.WrapperProvider;
import org.rltune.env.WrapperType;

/**
 * The wrappers of this package that a spec can name, with Gymnasium's names and settings.
 *
 * <p>Those that take a function ({@link TransformObservation}, {@link TransformAction}, {@link TransformReward}) have
 * no name, for a function has no place in a spec.
 */
public final class GymnasiumWrappers implements WrapperProvider {
    /** For {@link java.util.ServiceLoader}. */
    public GymnasiumWrappers() {}

    @Override
    public List<WrapperType> wrappers() {
        List<WrapperType> all = new ArrayList<>();
        all.addAll(general());
        all.addAll(NamedObservationWrappers.all());
        all.addAll(NamedRenderWrappers.all());
        return List.copyOf(all);
    }

    private static List<WrapperType> general() {
        return List.of(
                WrapperType.of("Autoreset", (env, context) -> new Autoreset<>(env)),
                new WrapperType(
                        "RecordEpisodeStatistics",
                        settings()
                                .integer(
                                        "buffer_length",
                                        RecordEpisodeStatistics.DEFAULT_BUFFER_LENGTH,
                                        "episodes in the queues",
                                        1,
                                        Integer.MAX_VALUE)
                                .text(
                                        "stats_key",
                                        RecordEpisodeStatistics.DEFAULT_STATS_KEY,
                                        "key of the statistics in the info")
                                .build(),
                        (env, context) -> new RecordEpisodeStatistics<>(
                                env, context.integer("buffer_length"), context.text("stats_key"))),
                WrapperType.of("ClipAction", (env, context) -> new ClipAction<>(Cast.boxActions(env))),
                new WrapperType(
                        "RescaleAction",
                        settings()
                                .any(
                                        "min_action",
                                        "least action outside: a number, or a list with one for each element")
                                .any("max_action", "greatest action outside: a number, or a list")
                                .build(),
                        (env, context) -> {
                            double[] min = Settings.numbers(context, "min_action");
                            double[] max = Settings.numbers(context, "max_action");
                            return min.length == 1 && max.length == 1
                                    ? new RescaleAction<>(Cast.boxActions(env), min[0], max[0])
                                    : new RescaleAction<>(
                                            Cast.boxActions(env), Settings.floats(min), Settings.floats(max));
                        }),
                new WrapperType("DiscretizeAction", bins(), (env, context) -> {
                    int[] bins = Settings.integers(context, "bins");
                    return context.flag("multidiscrete")
                            ? DiscretizeAction.multiDiscrete(Cast.boxActions(env), bins)
                            : DiscretizeAction.discrete(Cast.boxActions(env), bins);
                }),
                new WrapperType(
                        "StickyAction",
                        settings()
                                .any("repeat_action_probability", "that the last action is taken again, in [0, 1)")
                                .any(
                                        "repeat_action_duration",
                                        "steps in a series: a number, or a list of least and most")
                                .build(),
                        (env, context) -> {
                            int[] duration = context.raw("repeat_action_duration") == null
                                    ? new int[] {1}
                                    : Settings.integers(context, "repeat_action_duration");
                            if (duration.length != 1 && duration.length != 2) {
                                throw new IllegalArgumentException("The setting 'repeat_action_duration' has "
                                        + duration.length + " numbers, but must be one number, or the least and the"
                                        + " greatest.");
                            }
                            return new StickyAction<>(
                                    env,
                                    Settings.number(context, "repeat_action_probability"),
                                    duration[0],
                                    duration[duration.length - 1]);
                        }),
                new WrapperType(
                        "RepeatAction",
                        settings()
                                .any("num_repeats", "how often each action is taken")
                                .build(),
                        (env, context) -> new RepeatAction<>(env, Settings.integer(context, "num_repeats"))),
                new WrapperType(
                        "ClipReward",
                        settings()
                                .any("min_reward", "the least reward; none if not set")
                                .any("max_reward", "the greatest reward; none if not set")
                                .build(),
                        (env, context) -> new ClipReward<>(
                                env,
                                Settings.number(context, "min_reward", Double.NEGATIVE_INFINITY),
                                Settings.number(context, "max_reward", Double.POSITIVE_INFINITY))),
                new WrapperType(
                        "NormalizeReward",
                        settings()
                                .number("gamma", NormalizeReward.DEFAULT_GAMMA, "discount", 0, 1)
                                .number(
                                        "epsilon",
                                        NormalizeReward.DEFAULT_EPSILON,
                                        "added to the variance under the root",
                                        0,
                                        Double.POSITIVE_INFINITY)
                                .build(),
                        (env, context) ->
                                new NormalizeReward<>(env, context.number("gamma"), context.number("epsilon"))));
    }

    static EnvConfigSchema bins() {
        return settings()
                .any("bins", "bins of each element: a number, or a list with one for each")
                .flag("multidiscrete", false, "a number for each element instead of one for all")
                .build();
    }

    static EnvConfigSchema.Builder settings() {
        return EnvConfigSchema.builder();
    }
}
