package org.rltune.experiments.selfplay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.envs.board.TicTacToe;
import org.rltune.policy.Policy;
import org.rltune.ppo.MultiAgentPpoTrainer;
import org.rltune.ppo.PolicyMapping;
import org.rltune.ppo.PolicyMappings;
import org.rltune.ppo.PpoConfig;

/**
 * Self-play by a league, after RLlib's example for games: the policy {@code main} learns in every other game against itself,
 * and in the rest against a pool of policies that do not learn. The pool begins with {@code random}, a network that has
 * learned nothing; whenever main's wins less its losses against the pool pass a threshold, a snapshot of main joins it.
 */
public final class League {
    static final String MAIN = "main";
    static final String RANDOM = "random";
    /** The name of the mapping. */
    public static final String MAPPING = "league";

    /** Moves of one iteration, both sides together. */
    private static final int MOVES = 4096;

    /** How often an iteration is looked at: every so many iterations, and the last. */
    private static final int LOOK_EVERY = 10;

    private final PpoConfig config;
    private final int iterations;
    private final double threshold;
    private final int mostSnapshots;

    /**
     * What one seed came to.
     *
     * @param rows a line for every iteration that was looked at
     * @param snapshotsAt iterations after which a snapshot joined the pool
     * @param main the policy in the end
     * @param seconds training time
     */
    public record Result(
            long seed, List<Map<String, Object>> rows, List<Integer> snapshotsAt, Policy main, double seconds) {}

    /** Makes a league; {@link #register} must have been called. */
    public League(int iterations, double threshold, int mostSnapshots) {
        this.iterations = iterations;
        this.threshold = threshold;
        this.mostSnapshots = mostSnapshots;
        this.config = PpoConfig.of("TicTacToe-v0")
                .policies(List.of(MAIN, RANDOM))
                .policyMappingFn(MAPPING)
                .policiesToTrain(List.of(MAIN))
                .numEnvsPerWorker(64)
                .trainBatchSize(MOVES)
                .sgdMinibatchSize(256)
                .numSgdIter(4)
                .lrSchedule(List.of(List.of(0.0, 3e-3), List.of((double) iterations * MOVES, 1e-4)))
                .entropyCoeffSchedule(List.of(List.of(0.0, 0.08), List.of((double) iterations * MOVES, 0.01)))
                .gamma(1)
                .lambda(0.9)
                .fcnetHiddens(List.of(96, 96))
                .fcnetActivation("relu");
    }

    /** Registers the mapping: main plays each side in turn; the other side is main or drawn from the pool. */
    public static void register() {
        PolicyMappings.register(MAPPING, League::policyFor);
    }

    private static String policyFor(String agent, PolicyMapping.Episode episode) {
        int sideOfMain = (int) ((episode.env() + episode.number()) % 2);
        if (agent.equals(TicTacToe.PLAYERS.get(sideOfMain))) {
            return MAIN;
        }
        int pool = episode.policies().size() - 1; // main is the first of all
        boolean itself = episode.random().nextInt(2) == 0;
        return itself ? MAIN : episode.policies().get(1 + episode.random().nextInt(pool));
    }

    /** Main's wins less its losses against the pool, each of its members alike: the game is one of sum zero. */
    private static double againstPool(Map<String, Object> metrics) {
        double sum = 0;
        int members = 0;
        Map<?, ?> byPolicy = metrics.get("policy_reward_mean") instanceof Map<?, ?> map ? map : Map.of();
        for (Map.Entry<?, ?> entry : byPolicy.entrySet()) {
            if (!entry.getKey().equals(MAIN) && entry.getValue() instanceof Double reward) {
                sum -= reward;
                members++;
            }
        }
        return members == 0 ? 0 : sum / members;
    }

    /** Returns the settings, but for the seed. */
    public PpoConfig config() {
        return config;
    }

    /** Plays and learns. */
    public Result train(long seed) {
        long start = System.nanoTime();
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Integer> snapshotsAt = new ArrayList<>();
        try (MultiAgentPpoTrainer trainer = config.seed(seed).buildMultiAgent()) {
            for (int iteration = 1; iteration <= iterations; iteration++) {
                Map<String, Object> metrics = trainer.train().metrics();
                double reward = againstPool(metrics);
                if (reward > threshold && snapshotsAt.size() < mostSnapshots) {
                    snapshotsAt.add(iteration);
                    trainer.addPolicy(MAIN + "_" + snapshotsAt.size(), MAIN);
                }
                if (iteration % LOOK_EVERY == 0 || iteration == iterations) {
                    rows.add(row(metrics, reward, snapshotsAt.size(), trainer.policy(MAIN)));
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(
                    seed,
                    rows,
                    snapshotsAt,
                    Policy.fromFiles(trainer.policy(MAIN).files()),
                    seconds);
        }
    }

    private static Map<String, Object> row(Map<String, Object> metrics, double reward, int snapshots, Policy main) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (String name : List.of("training_iteration", "timesteps_total", "episodes_total")) {
            row.put(name, metrics.get(name));
        }
        row.put("reward_against_pool", reward);
        row.put("snapshots", snapshots);
        odds(main).forEach((name, odds) -> {
            row.put(name + "_win", odds.win());
            row.put(name + "_draw", odds.draw());
            row.put(name + "_loss", odds.loss());
        });
        return row;
    }

    /** Returns the odds against a random and against a perfect player, from either side. */
    static Map<String, Odds> odds(Policy main) {
        Map<String, Odds> odds = new LinkedHashMap<>();
        Odds.Player player = Odds.of(main);
        Odds.Player perfect = Odds.perfect();
        odds.put("random_as_x", Odds.of(player, 0, Odds.RANDOM));
        odds.put("random_as_o", Odds.of(player, 1, Odds.RANDOM));
        odds.put("perfect_as_x", Odds.of(player, 0, perfect));
        odds.put("perfect_as_o", Odds.of(player, 1, perfect));
        return odds;
    }
}
