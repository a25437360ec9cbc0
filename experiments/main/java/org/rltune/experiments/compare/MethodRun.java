package org.rltune.experiments.compare;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.rltune.Tune;
import org.rltune.experiments.PolicyPlay;
import org.rltune.policy.Policy;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.RunListener;
import org.rltune.tune.StopRule;
import org.rltune.tune.Trial;

/**
 * What one method reached with one seed, and what it cost.
 *
 * @param best the best {@code episode_reward_mean} so far against the environment steps of all trials: points {steps, best}
 *     with ascending steps, one for each improvement and one at the end
 * @param evaluated the mean return of deterministic episodes of the policy that the method would hand over: that of the
 *     best trial by its last result, as it stood at its end
 * @param steps the environment steps of all trials together
 * @param trials how many trials were made
 * @param seconds from start to end by the clock
 * @param coreSeconds processor time of the whole process meanwhile, JIT compiler and garbage collector included
 * @param digest of the experiment
 */
record MethodRun(
        TuningMethod method,
        long seed,
        List<double[]> best,
        double evaluated,
        long steps,
        int trials,
        double seconds,
        double coreSeconds,
        String digest) {
    private static final String METRIC = "episode_reward_mean";
    private static final double NANOS = 1e9;
    private static final long EVALUATION_SEED = 1_000;

    /** What all runs share. */
    record Task(String env, long budget, int evaluationEpisodes, int threads, Path results) {
        long horizon() {
            return budget / TuningMethod.POPULATION;
        }
    }

    static MethodRun of(TuningMethod method, long seed, Task task) {
        Steps steps = new Steps();
        long start = System.nanoTime();
        long cpu = cpuNanos();
        ExperimentAnalysis analysis = Tune.run("PPO", run -> {
            run.name(method.name().toLowerCase(Locale.ROOT) + "-seed-" + seed)
                    .metric(METRIC)
                    .mode(Mode.MAX)
                    .stop("timesteps_total", task.horizon())
                    .stop(StopRule.experimentTotal("timesteps_total", task.budget()))
                    .config(TuningMethod.space(task.env()))
                    .seed(seed)
                    .threads(task.threads())
                    .storagePath(task.results())
                    .listener(steps)
                    .plots(false)
                    .verbose(0);
            method.configure(run, task.env(), task.horizon());
        });
        double seconds = (System.nanoTime() - start) / NANOS;
        double coreSeconds = (cpuNanos() - cpu) / NANOS;
        double[] returns = PolicyPlay.returns(
                Policy.load(analysis.bestCheckpoint()),
                analysis.bestConfig(),
                task.evaluationEpisodes(),
                EVALUATION_SEED);
        return new MethodRun(
                method,
                seed,
                steps.curve(),
                Arrays.stream(returns).average().orElseThrow(),
                steps.total,
                analysis.trials().size(),
                seconds,
                coreSeconds,
                analysis.digest());
    }

    /** Returns the best {@code episode_reward_mean} of all; NaN if there was none. */
    double bestReturn() {
        return best.isEmpty() ? Double.NaN : best.get(best.size() - 1)[1];
    }

    /** Returns after how many environment steps the best return was first at least the given one; empty if never. */
    OptionalLong stepsTo(double wanted) {
        return best.stream()
                .filter(point -> point[1] >= wanted)
                .mapToLong(point -> (long) point[0])
                .findFirst();
    }

    private static long cpuNanos() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getProcessCpuTime();
    }

    /** Counts the steps of all trials as results come in, and keeps the best return so far. */
    private static final class Steps implements RunListener {
        private final List<double[]> points = new ArrayList<>();
        private double best = Double.NEGATIVE_INFINITY;
        private long total;

        @Override
        public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
            if (row.get("timesteps_this_iter") instanceof Number steps) {
                total += steps.longValue();
            }
            if (row.get(METRIC) instanceof Number score && score.doubleValue() > best) {
                best = score.doubleValue();
                points.add(new double[] {total, best});
            }
        }

        List<double[]> curve() {
            List<double[]> curve = new ArrayList<>(points);
            if (!points.isEmpty()) {
                curve.add(new double[] {total, best});
            }
            return curve;
        }
    }
}
