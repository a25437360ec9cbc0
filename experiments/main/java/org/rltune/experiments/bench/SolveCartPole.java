package org.rltune.experiments.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;

/**
 * Trains CartPole-v1 until it is solved and ends: what {@link TimeToSolve} starts in a JVM of its own, seed by seed. It
 * uses nothing but the trainer, so that its time is the library's.
 *
 * <p>Arguments: the seed, the most steps, and the clock ({@link System#currentTimeMillis}) when the process was started. It
 * prints one line,
 * {@link #MARK} and the figures of {@link SolvedRun} in their order.
 */
final class SolveCartPole {
    static final String MARK = "solve-cartpole";

    /** The mean return that counts as solved, of Gymnasium's registry. */
    static final double TARGET = 475;

    /** Episodes that the mean goes over. */
    static final int EPISODES = 100;

    /** The steps that the schedules are made for. */
    static final long BUDGET = 100_000;

    private SolveCartPole() {}

    /** The settings of rl-baselines3-zoo, as experiments/configs/ppo-cartpole.yaml has them; a test compares the two. */
    static PpoConfig settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("env", "CartPole-v1");
        settings.put("num_workers", 0);
        settings.put("num_envs_per_worker", 8);
        settings.put("train_batch_size", 256);
        settings.put("sgd_minibatch_size", 256);
        settings.put("num_sgd_iter", 20);
        settings.put("gamma", 0.98);
        settings.put("lambda", 0.8);
        settings.put("entropy_coeff", 0.0);
        settings.put("lr_schedule", List.of(List.of(0.0, 0.001), List.of((double) BUDGET, 0.0)));
        settings.put("clip_param_schedule", List.of(List.of(0.0, 0.2), List.of((double) BUDGET, 0.0)));
        return PpoConfig.fromMap(settings);
    }

    /** Trains; the exit code is 0 if it is solved. */
    public static void main(String[] args) {
        long atMain = System.currentTimeMillis();
        long budget = Long.parseLong(args[1]);
        long started = Long.parseLong(args[2]);
        long firstIteration = 0;
        long steps = 0;
        boolean solved = false;
        try (PpoTrainer trainer = settings().seed(Long.parseLong(args[0])).build()) {
            while (!solved && steps < budget) {
                Map<String, Object> metrics = trainer.train().metrics();
                firstIteration = firstIteration == 0 ? System.currentTimeMillis() : firstIteration;
                steps = metrics.get("timesteps_total") instanceof Number n ? n.longValue() : steps;
                solved = metrics.get("episodes_total") instanceof Number n
                        && n.longValue() >= EPISODES
                        && metrics.get("episode_reward_mean") instanceof Double mean
                        && mean >= TARGET;
            }
        }
        long end = System.currentTimeMillis();
        // One string made by hand: the compiler's own way of joining costs a start-up some 20 ms.
        StringBuilder line = new StringBuilder(MARK);
        for (long figure : new long[] {steps, atMain - started, firstIteration - atMain, end - firstIteration}) {
            line.append(' ').append(figure);
        }
        System.out.println(line);
        System.exit(solved ? 0 : 1);
    }
}
