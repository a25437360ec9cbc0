package org.rltune.env.wrapper;

import static org.rltune.env.wrapper.GymnasiumWrappers.bins;
import static org.rltune.env.wrapper.GymnasiumWrappers.settings;

import java.util.List;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.WrapperType;
import org.rltune.space.DType;
import org.rltune.space.Tuple;

/** The wrappers of observations that a spec can name. */
final class NamedObservationWrappers {
    private NamedObservationWrappers() {}

    static List<WrapperType> all() {
        return List.of(
                new WrapperType(
                        "NormalizeObservation",
                        settings()
                                .number(
                                        "epsilon",
                                        NormalizeObservation.DEFAULT_EPSILON,
                                        "added to the variance under the root",
                                        0,
                                        Double.POSITIVE_INFINITY)
                                .build(),
                        (env, context) -> new NormalizeObservation<>(env, context.number("epsilon"))),
                WrapperType.of("FlattenObservation", (env, context) -> new FlattenObservation<>(env)),
                WrapperType.of("ActionMaskFromInfo", (env, context) -> new ActionMaskFromInfo<>(env)),
                new WrapperType(
                        "FilterObservation",
                        settings()
                                .any("filter_keys", "what is left: keys of a Dict, or indices of a Tuple")
                                .build(),
                        NamedObservationWrappers::filter),
                new WrapperType(
                        "FrameStackObservation",
                        settings()
                                .any("stack_size", "how many observations are put together")
                                .choice(
                                        "padding_type",
                                        "reset",
                                        List.of("reset", "zero"),
                                        "what an episode begins with: copies of the first observation, or zeros")
                                .build(),
                        (env, context) -> stack(env, context)),
                new WrapperType(
                        "MaxAndSkipObservation",
                        settings()
                                .integer(
                                        "skip",
                                        MaxAndSkipObservation.DEFAULT_SKIP,
                                        "steps for each action",
                                        2,
                                        Integer.MAX_VALUE)
                                .build(),
                        (env, context) -> new MaxAndSkipObservation<>(env, context.integer("skip"))),
                new WrapperType(
                        "GrayscaleObservation",
                        settings()
                                .flag("keep_dim", false, "shape (height, width, 1), not (height, width)")
                                .build(),
                        (env, context) -> new GrayscaleObservation<>(Cast.images(env), context.flag("keep_dim"))),
                new WrapperType(
                        "ResizeObservation",
                        settings().any("shape", "height and width in pixels").build(),
                        (env, context) -> {
                            int[] shape = Settings.integers(context, "shape");
                            if (shape.length != 2) {
                                throw new IllegalArgumentException("The setting 'shape' has " + shape.length
                                        + " numbers, but must be a list of height and width.");
                            }
                            return new ResizeObservation<>(Cast.images(env), shape[0], shape[1]);
                        }),
                new WrapperType(
                        "ReshapeObservation",
                        settings().any("shape", "the lengths of the dimensions").build(),
                        (env, context) -> new ReshapeObservation<>(env, Settings.integers(context, "shape"))),
                new WrapperType(
                        "RescaleObservation",
                        settings()
                                .any(
                                        "min_obs",
                                        "least observation outside: a number, or a list with one for each element")
                                .any("max_obs", "greatest observation outside: a number, or a list")
                                .build(),
                        (env, context) -> {
                            double[] min = Settings.numbers(context, "min_obs");
                            double[] max = Settings.numbers(context, "max_obs");
                            return min.length == 1 && max.length == 1
                                    ? new RescaleObservation<>(Cast.boxObservations(env), min[0], max[0])
                                    : new RescaleObservation<>(
                                            Cast.boxObservations(env), Settings.floats(min), Settings.floats(max));
                        }),
                new WrapperType(
                        "TimeAwareObservation",
                        settings()
                                .flag("flatten", true, "one flat array instead of a Dict or Tuple")
                                .flag("normalize_time", false, "the time runs from 0 to 1")
                                .text(
                                        "dict_time_key",
                                        TimeAwareObservation.DEFAULT_TIME_KEY,
                                        "key of the time where observations are a Dict")
                                .build(),
                        (env, context) -> {
                            boolean normalize = context.flag("normalize_time");
                            String key = context.text("dict_time_key");
                            return context.flag("flatten")
                                    ? TimeAwareObservation.flat(env, normalize, key)
                                    : TimeAwareObservation.nested(env, normalize, key);
                        }),
                new WrapperType(
                        "DelayObservation",
                        settings()
                                .any("delay", "steps that observations come late")
                                .build(),
                        (env, context) -> new DelayObservation<>(env, Settings.integer(context, "delay"))),
                new WrapperType("DiscretizeObservation", bins(), (env, context) -> {
                    int[] bins = Settings.integers(context, "bins");
                    return context.flag("multidiscrete")
                            ? DiscretizeObservation.multiDiscrete(Cast.boxObservations(env), bins)
                            : DiscretizeObservation.discrete(Cast.boxObservations(env), bins);
                }),
                new WrapperType(
                        "DtypeObservation",
                        settings()
                                .any("dtype", "NumPy's name of the type, such as float32 or uint8")
                                .build(),
                        (env, context) -> dtype(env, Settings.text(context, "dtype"))));
    }

    private static Env<?, ?> filter(Env<?, ?> env, EnvContext context) {
        List<?> keys = Settings.list(context, "filter_keys");
        if (env.observationSpace() instanceof Tuple) {
            return FilterObservation.parts(Cast.lists(env), Settings.integers(context, "filter_keys"));
        }
        return FilterObservation.keys(
                Cast.maps(env), keys.stream().map(String::valueOf).toArray(String[]::new));
    }

    private static <O, A> Env<?, A> stack(Env<O, A> env, EnvContext context) {
        int size = Settings.integer(context, "stack_size");
        return context.text("padding_type").equals("zero")
                ? FrameStackObservation.paddedByZeros(env, size)
                : FrameStackObservation.paddedByReset(env, size);
    }

    private static Env<?, ?> dtype(Env<?, ?> env, String name) {
        return name.equals("float32") ? DtypeObservation.toFloats(env) : DtypeObservation.to(env, DType.of(name));
    }
}
