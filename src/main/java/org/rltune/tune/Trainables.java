package org.rltune.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.tune.space.HyperParams;

/** The trainables that {@code Tune.run} knows by name. One table for the whole process; safe for use by threads. */
public final class Trainables {
    private static final Map<String, TrainableSpec> SPECS = new ConcurrentSkipListMap<>();

    private Trainables() {}

    /**
     * Makes a trainable known under its name.
     *
     * @throws IllegalArgumentException if the name is taken by another one
     */
    public static void register(TrainableSpec spec) {
        String name = Check.notBlank("the name of a trainable", spec.name());
        TrainableSpec before = SPECS.putIfAbsent(name, spec);
        if (before != null && before != spec) {
            throw new IllegalArgumentException("A trainable named '" + name + "' is registered already. Choose another"
                    + " name, or call Trainables.unregister(\"" + name + "\") first.");
        }
    }

    /**
     * Makes a trainable from a training loop that reports from within, as Ray Tune's function trainables do:
     *
     * <pre>{@code
     * Trainables.function("descent", (config, session) -> {
     *     double x = session.checkpoint().map(bytes -> ByteBuffer.wrap(bytes).getDouble()).orElse(10.0);
     *     for (int i = 0; i < 50; i++) {
     *         x -= config.getDouble("lr") * 2 * x;
     *         session.report(Map.of("loss", x * x), ByteBuffer.allocate(8).putDouble(0, x).array());
     *     }
     * });
     * }</pre>
     *
     * <p>Each trial's loop runs on a thread of its own and stands still between two reports until the trial may go on. It
     * works with every scheduler; those that copy trials or change hyperparameters need a checkpoint at each of their
     * points. Give it to {@code Tune.run}, or {@link #register} it.
     */
    public static FunctionSpec function(String name, TrainableFunction function) {
        return new FunctionSpec(name, function, Set.of());
    }

    /** Makes a trainable of one iteration from a function of the hyperparameters to metrics. */
    public static TrainableSpec evaluation(String name, Function<HyperParams, ? extends Map<String, ?>> function) {
        return new Evaluation(name, function);
    }

    /** Makes a trainable of one iteration from a function of the hyperparameters to the value of one metric. */
    public static TrainableSpec objective(String name, String metric, ToDoubleFunction<HyperParams> function) {
        Check.notBlank("the metric of an objective", metric);
        return evaluation(name, config -> Map.of(metric, function.applyAsDouble(config)));
    }

    /** Forgets a name; returns whether it was known. */
    public static boolean unregister(String name) {
        return SPECS.remove(name) != null;
    }

    /**
     * Returns the trainable of a name.
     *
     * @throws IllegalArgumentException if there is none, with the known names and the nearest one
     */
    public static TrainableSpec get(String name) {
        TrainableSpec spec = SPECS.get(name);
        if (spec == null) {
            List<String> names = names();
            String known = names.isEmpty() ? "none" : String.join(", ", names);
            throw new IllegalArgumentException("No trainable is registered as '" + name + "'. Registered: " + known
                    + "." + Suggest.nearest(name, names));
        }
        return spec;
    }

    /** Returns the known names, sorted. */
    public static List<String> names() {
        return List.copyOf(new ArrayList<>(SPECS.keySet()));
    }
}
