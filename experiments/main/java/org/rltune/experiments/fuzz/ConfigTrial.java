package org.rltune.experiments.fuzz;

import java.util.Map;
import java.util.concurrent.Callable;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;
import org.rltune.rollout.EnvTimeoutException;

/** Gives one mutated map of settings to PPO, as a Java program would, and trains it for an iteration if it is small. */
final class ConfigTrial implements Callable<Outcome> {
    private static final int MOST = 512;

    private final Map<String, Object> settings;

    ConfigTrial(Map<String, Object> settings) {
        this.settings = settings;
    }

    @Override
    public Outcome call() {
        long start = System.nanoTime();
        try {
            PpoConfig config = PpoConfig.fromMap(settings);
            if (!isSmall(config)) {
                return outcome(Outcome.Kind.PLANNED, "", start);
            }
            try (PpoTrainer trainer = config.build()) {
                trainer.train();
            }
            return outcome(Outcome.Kind.RAN, "", start);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            boolean named = settings.keySet().stream().anyMatch(key -> message.contains(key.replaceFirst("/.*", "")))
                    || message.contains("env is missing");
            return outcome(
                    named ? Outcome.Kind.REFUSED : Outcome.Kind.BAD,
                    named ? message : "names no setting: " + message,
                    start);
        } catch (ArithmeticException e) {
            String message = String.valueOf(e.getMessage());
            boolean diverged = message.contains("training has diverged");
            return outcome(diverged ? Outcome.Kind.TRIALS_FAILED : Outcome.Kind.BAD, message, start);
        } catch (EnvTimeoutException e) { // where the time allowed is next to nothing
            return outcome(Outcome.Kind.TRIALS_FAILED, String.valueOf(e.getMessage()), start);
        } catch (RuntimeException | Error e) {
            return outcome(Outcome.Kind.BAD, e + " at " + e.getStackTrace()[0], start);
        }
    }

    private static boolean isSmall(PpoConfig config) {
        return config.trainBatchSize() <= MOST
                && config.numWorkers() <= 4
                && config.numEnvsPerWorker() <= 64
                && config.numSgdIter() <= 8
                && config.fcnetHiddens().stream().mapToInt(Integer::intValue).allMatch(width -> width <= MOST);
    }

    private static Outcome outcome(Outcome.Kind kind, String message, long start) {
        return new Outcome(kind, message, (System.nanoTime() - start) / 1e9);
    }
}
