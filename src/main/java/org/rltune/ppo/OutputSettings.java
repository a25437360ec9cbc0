package org.rltune.ppo;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rltune.env.VectorEnv;
import org.rltune.offline.OutputFormat;
import org.rltune.offline.TrajectoryInfo;
import org.rltune.offline.TrajectoryLog;
import org.rltune.random.Seeds;

/** Where and how trajectories are written, read from a {@link PpoConfig}. */
final class OutputSettings {
    /** What a name in a trial's folder may be made of; those of checkpoints and states are taken. */
    private static final Pattern NAME = Pattern.compile("(?!checkpoint_|state_)[A-Za-z0-9_-]+");

    private OutputSettings() {}

    /**
     * Checks the settings; returns the path, or nothing where trajectories are not written.
     *
     * @throws IllegalArgumentException naming the setting, the value, the rule and the remedy
     */
    static Optional<Path> check(PpoConfig config) {
        OutputFormat.parse(config.outputFormat());
        String output = config.output();
        if (output.isEmpty()) {
            return Optional.empty();
        }
        Path path;
        try {
            path = Path.of(output);
        } catch (InvalidPathException e) {
            throw refused(output, "that is no path here: " + e.getReason());
        }
        if (!path.equals(path.normalize()) || output.isBlank()) {
            throw refused(output, "a path must not be blank, nor have . or .. in it");
        }
        if (!path.isAbsolute() && !NAME.matcher(path.getName(0).toString()).matches()) {
            throw refused(
                    output,
                    "a name in the trial's folder must be made of letters, digits, _ and -, and not begin with checkpoint_"
                            + " or state_");
        }
        return Optional.of(path);
    }

    private static IllegalArgumentException refused(String output, String rule) {
        return new IllegalArgumentException("output is '" + output + "', but " + rule
                + ". Name a folder such as trajectories, or an absolute path.");
    }

    /**
     * Makes the log of a trainer; null for none.
     *
     * @param trialFolder that of its trial, or null outside of a tuner
     * @param rawActionSize floats of an action of the policy
     */
    static @Nullable TrajectoryLog log(
            PpoConfig config,
            String trialId,
            @Nullable Path trialFolder,
            Seeds seeds,
            VectorEnv env,
            int rawActionSize) {
        Path path = check(config).orElse(null);
        if (path == null) {
            return null;
        }
        Path folder = path;
        if (trialFolder != null) {
            folder = path.isAbsolute() ? path.resolve(trialId) : trialFolder.resolve(path);
        }
        TrajectoryInfo info = new TrajectoryInfo(
                OutputFormat.parse(config.outputFormat()),
                config.outputMaxFileSize(),
                config.env(),
                config.envConfig(),
                env.observationSpace(),
                env.actionSpace(),
                rawActionSize,
                config.totalEnvs(),
                trialId,
                seeds.seed("output"));
        int perWorker = config.numEnvsPerWorker();
        int firstWorker = config.numWorkers() == 0 ? 0 : 1;
        return new TrajectoryLog(
                folder, info, (e, number) -> seeds.seed("episode", firstWorker + e / perWorker, e % perWorker, number));
    }
}
