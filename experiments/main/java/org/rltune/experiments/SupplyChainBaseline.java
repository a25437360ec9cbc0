package org.rltune.experiments;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.envs.supply.BaseStock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the best order-up-to levels for SupplyChain-v0: what a trained policy has to beat. */
@Command(
        name = "SupplyChainBaseline",
        mixinStandardHelpOptions = true,
        description = "Searches the order-up-to levels with the highest mean return on SupplyChain-v0, coordinate by"
                + " coordinate, and measures them on episodes that the search has not seen.",
        footer = {"", "Compare with PPO: TrainPpo experiments/configs/ppo-supply-chain.yaml"})
public final class SupplyChainBaseline implements Callable<Integer> {
    /** Of SupplyChain-v0 as registered. */
    private static final int[] LEAD_TIMES = {1, 2, 3};

    private static final double FIRST_STRIDE = 1;
    private static final double LAST_STRIDE = 0.125;
    /** Episodes of the search have seeds from 0 on, those of the measurement from here on. */
    private static final long UNSEEN = 1_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--episodes", description = "Episodes of a measurement, at least 1 (default: ${DEFAULT-VALUE}).")
    private int episodes = 200;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new SupplyChainBaseline(), args);
    }

    @Override
    public Integer call() {
        if (episodes < 1) {
            throw new IllegalArgumentException("--episodes must be at least 1, but is " + episodes);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        double[] levels = search();
        out.printf(Locale.ROOT, "Order-up-to levels (days of mean demand, store first): %s%n", Arrays.toString(levels));
        out.printf(
                Locale.ROOT,
                "Mean return over %d episodes of the search %.1f, over %d others %.1f%n",
                episodes,
                meanReturn(levels, 0, episodes),
                episodes,
                meanReturn(levels, UNSEEN, episodes));
        return 0;
    }

    private double[] search() {
        double[] best = {3, 4, 5};
        double bestReturn = meanReturn(best, 0, episodes);
        for (double stride = FIRST_STRIDE; stride >= LAST_STRIDE; stride /= 2) {
            boolean better = true;
            while (better) {
                better = false;
                for (int change = 0; change < 2 * best.length; change++) {
                    double[] levels = best.clone();
                    levels[change / 2] += change % 2 == 0 ? stride : -stride;
                    if (levels[change / 2] < 0) {
                        continue;
                    }
                    double value = meanReturn(levels, 0, episodes);
                    if (value > bestReturn) {
                        best = levels;
                        bestReturn = value;
                        better = true;
                    }
                }
            }
        }
        return best;
    }

    /** The mean return of the policy over episodes with consecutive seeds. */
    @SuppressWarnings("unchecked") // the spaces of SupplyChain-v0 are boxes
    static double meanReturn(double[] levels, long firstSeed, int episodes) {
        BaseStock policy = new BaseStock(levels, LEAD_TIMES);
        double sum = 0;
        try (Env<float[], float[]> env =
                (Env<float[], float[]>) Envs.makeUnchecked("SupplyChain-v0", EnvContext.of(Map.of()))) {
            for (int i = 0; i < episodes; i++) {
                float[] observation = env.reset(firstSeed + i).observation();
                boolean ended = false;
                while (!ended) {
                    StepResult<float[]> result = env.step(policy.act(observation));
                    sum += result.reward();
                    observation = result.observation();
                    ended = result.ended();
                }
            }
        }
        return sum / episodes;
    }
}
