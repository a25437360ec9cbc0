package org.rltune.experiments;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.ppo.PpoConfig;
import org.rltune.random.Seeds;

/**
 * Whether a training learned anything: the mean return in the first and in the last quarter of its iterations, and that of a
 * player who draws every action from the space, each with its standard error.
 */
final class Quarters {
    private static final double ENOUGH = 3;

    /**
     * A mean.
     *
     * @param mean of independent numbers
     * @param error its standard error
     */
    record Estimate(double mean, double error) {
        static Estimate of(double[] numbers) {
            double mean = 0;
            for (double number : numbers) {
                mean += number / numbers.length;
            }
            double squares = 0;
            for (double number : numbers) {
                squares += (number - mean) * (number - mean);
            }
            int n = numbers.length;
            return new Estimate(mean, n < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (n - 1) / n));
        }

        /** Returns by how many standard errors of the difference this is larger. */
        double above(Estimate other) {
            return (mean - other.mean) / Math.sqrt(error * error + other.error * other.error);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f +- %.2f", mean, error);
        }
    }

    private final Estimate random;
    private final int episodes;

    /** Lets the random player play. */
    Quarters(PpoConfig config, int episodes) {
        this.episodes = episodes;
        double[] returns = new double[episodes];
        Seeds seeds = Seeds.of(0);
        EnvContext context = EnvContext.of(config.envConfig());
        try (Env<Object, Object> env = cast(Envs.make(config.env(), context))) {
            for (int i = 0; i < episodes; i++) {
                DemoPlayer player = DemoPlayer.random(env, seeds.seed("random.actions", i));
                Object seen = env.reset(seeds.seed("random", i), Map.of()).observation();
                boolean ended = false;
                while (!ended) {
                    StepResult<Object> result = env.step(player.act(seen));
                    seen = result.observation();
                    returns[i] += result.reward();
                    ended = result.ended();
                }
            }
        }
        random = Estimate.of(returns);
    }

    @SuppressWarnings("unchecked") // the actions come from the environment's own space
    private static Env<Object, Object> cast(Env<?, ?> env) {
        return (Env<Object, Object>) env;
    }

    /** The mean return of episodes in a part of the rows, each row being one number. */
    private static Estimate part(FixedRun run, int from, int to) {
        return Estimate.of(run.rows().subList(from, to).stream()
                .map(row -> row.get("episode_reward_mean"))
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .toArray());
    }

    private static Estimate first(FixedRun run) {
        return part(run, 0, run.rows().size() / 4);
    }

    private static Estimate last(FixedRun run) {
        return part(run, run.rows().size() - run.rows().size() / 4, run.rows().size());
    }

    /** Whether every run ended above its beginning and above chance by three standard errors. */
    boolean reached(List<FixedRun> runs) {
        return runs.stream()
                .allMatch(run ->
                        last(run).above(first(run)) >= ENOUGH && last(run).above(random) >= ENOUGH);
    }

    /** Returns the table by seed, with the verdict before it. */
    String markdown(List<FixedRun> runs) {
        StringBuilder text =
                new StringBuilder("Last quarter of training above the first and above a random player, by three"
                        + " standard errors, for every seed: ");
        text.append(reached(runs) ? "yes" : "NO").append(".\n\n");
        text.append(
                "| seed | first quarter | last quarter | standard errors above the first | above the random player |\n");
        text.append("|---:|---:|---:|---:|---:|\n");
        for (FixedRun run : runs) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %s | %s | %.1f | %.1f |\n",
                    run.seed(),
                    first(run),
                    last(run),
                    last(run).above(first(run)),
                    last(run).above(random)));
        }
        return text.append("\nThe random player's mean return over ")
                .append(episodes)
                .append(" episodes: ")
                .append(random)
                .append(
                        ". Each number of a quarter is the mean return of the episodes that ended in one iteration, filled up")
                .append(" with older ones where metrics_num_episodes_for_smoothing asks for more.\n")
                .toString();
    }
}
