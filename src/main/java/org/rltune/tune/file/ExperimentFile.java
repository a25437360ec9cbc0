package org.rltune.tune.file;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.json.Located;
import org.rltune.tune.RunConfig;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.Trainables;

/**
 * An experiment as a file says it, in YAML or JSON. {@code run} names the trainable; the other keys are the settings of
 * {@link RunConfig} by the names that users of Ray Tune know. Immutable.
 *
 * <pre>{@code
 * run: PPO
 * metric: episode_reward_mean
 * mode: max
 * num_samples: 8
 * stop: {training_iteration: 50}
 * scheduler: {type: PopulationBasedTraining, perturbation_interval: 4}
 * config:
 *   env: CartPole-v1
 *   lr: {loguniform: [1e-5, 1e-3]}
 * }</pre>
 */
public final class ExperimentFile {
    private final Source source;
    private final String trainable;

    /** Checks everything that the file says. */
    private ExperimentFile(Source source) {
        this.source = source;
        Node root = source.root();
        root.checkComplete();
        Node run = root.parts().get(RunKeys.RUN);
        if (run == null) {
            throw root.error("run is missing. Name the trainable, such as run: PPO.");
        }
        this.trainable = run.at(() -> Check.notBlank(RunKeys.RUN, run.text()));
        Node description = root.parts().get(RunKeys.DESCRIPTION);
        if (description != null) {
            description.at(() -> Check.notBlank(RunKeys.DESCRIPTION, description.text()));
        }
        apply(new RunConfig());
    }

    /**
     * Reads a file and checks all that it says: as JSON if its name ends with {@code .json}, otherwise as YAML.
     *
     * @throws IllegalArgumentException with the file, the line, what is wrong and what to do about it
     */
    public static ExperimentFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file + ". Check the path.");
        }
        Located located;
        try {
            located = Json.readLocated(file);
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return new ExperimentFile(new Source(file.toString(), located, Map.of()));
    }

    /**
     * Returns this with another value, checked anew.
     *
     * @param path a key, or keys with "/" between them, such as {@code num_samples} or {@code config/lr}
     * @param value as {@link Json} reads values
     * @throws IllegalArgumentException if the file could not say this
     */
    public ExperimentFile with(String path, Object value) {
        return new ExperimentFile(source.with(path, value));
    }

    /**
     * Returns what the file says under a key, as {@link Json} reads values; null if it does not say it.
     *
     * @param key such as {@code stop}
     */
    public @Nullable Object get(String key) {
        return source.located().object().get(key);
    }

    /** Returns the name of the trainable. */
    public String trainableName() {
        return trainable;
    }

    /**
     * Returns the trainable.
     *
     * @throws IllegalArgumentException if none is registered by that name, with the line
     */
    public TrainableSpec trainable() {
        return new Node(source, RunKeys.RUN, trainable).at(() -> Trainables.get(trainable));
    }

    /** Gives the settings to a run; the searcher and the scheduler are new ones each time. */
    public void apply(RunConfig config) {
        RunKeys.TABLE.give(config, source.root(), "an experiment", List.of(RunKeys.RUN, RunKeys.DESCRIPTION));
    }

    /**
     * Refuses hyperparameters that the trainable does not know or cannot take, with the line where one alone is to blame.
     *
     * @throws IllegalArgumentException as {@link TrainableSpec#check}
     */
    public void check(TrainableSpec spec) {
        Node config = source.root().parts().get("config");
        IllegalArgumentException problem = config == null ? null : refusal(spec, config, "");
        if (config == null || problem == null) {
            return;
        }
        for (Map.Entry<String, Node> part : config.parts().entrySet()) {
            if (refusal(spec, config, part.getKey()) == null) {
                part.getValue().at(() -> {
                    throw problem;
                });
            }
        }
        config.at(() -> {
            throw problem;
        });
    }

    /** Returns why the trainable refuses the config without one of its names, or null if it does not. */
    private static @Nullable IllegalArgumentException refusal(TrainableSpec spec, Node config, String without) {
        try {
            spec.check(spec.complete(RunKeys.space(config, without)));
            return null;
        } catch (IllegalArgumentException e) {
            return e;
        }
    }

    /**
     * Does something with what the file says; what it is refused for is told with the name of the file, and with the line
     * where the file would not be refused without what stands there.
     *
     * @param action given this; where it fails, it is tried with one key less at a time, so it must leave no trace
     * @throws IllegalArgumentException as the action, with the place before its message
     */
    public <T> T placed(Function<ExperimentFile, T> action) {
        try {
            return action.apply(this);
        } catch (IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).startsWith(source.file())) {
                throw e;
            }
            Node culprit = culprit(e, action);
            if (culprit.path().isEmpty()) {
                throw new IllegalArgumentException(source.file() + ": " + e.getMessage(), e);
            }
            return culprit.at(() -> {
                throw e;
            });
        }
    }

    /**
     * Does something of which it shows only now whether the settings fit, such as the run itself.
     *
     * @throws IllegalArgumentException as the action, with the file's name before its message
     */
    public <T> T named(Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(source.file())
                    ? e
                    : new IllegalArgumentException(source.file() + ": " + message, e);
        }
    }

    /** Returns the part whose name the message begins with, or else the one without which the action succeeds. */
    private Node culprit(IllegalArgumentException e, Function<ExperimentFile, ?> action) {
        for (Node part : source.root().parts().values()) {
            if (String.valueOf(e.getMessage()).startsWith(part.path() + " ")) {
                return part;
            }
        }
        return culprit(action, source.root());
    }

    /** Returns the innermost part of an object without which the action succeeds, or the object if there is none. */
    private Node culprit(Function<ExperimentFile, ?> action, Node object) {
        for (Node part : object.parts().values()) {
            if (!part.path().equals(RunKeys.RUN) && succeedsWithout(action, part.path())) {
                return part.isObject() ? culprit(action, part) : part;
            }
        }
        return object;
    }

    private boolean succeedsWithout(Function<ExperimentFile, ?> action, String path) {
        try {
            return action.apply(new ExperimentFile(source.without(path))) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
