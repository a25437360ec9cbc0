package org.rltune.experiments.compare;

import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.tune.RunConfig;
import org.rltune.tune.schedule.AshaScheduler;
import org.rltune.tune.schedule.HyperBandScheduler;
import org.rltune.tune.schedule.Pb2;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.search.GaussianProcessSearch;
import org.rltune.tune.space.Domain;

/**
 * The methods that are compared. All of them search the same space; the grid takes two values of each of three
 * hyperparameters, the others at the middle of their ranges.
 *
 * <p>A budget of B environment steps is spent as each method would spend it. With R = B / 8: grid, random and Bayesian search
 * train 8 trials for R steps each; ASHA and HyperBand begin trial after trial, train the best for R steps and the others for
 * R/9 or R/3, until B is spent; PBT and PB2 train a population of 8 for R steps each and let the worse copy the better every
 * R/10 steps.
 */
enum TuningMethod {
    GRID("grid") {
        @Override
        void configure(RunConfig run, String env, long horizon) {
            Map<String, Object> grid = space(env);
            grid.put("lr", Domain.grid(3e-4, 3e-3));
            grid.put("num_sgd_iter", Domain.grid(5, 15));
            grid.put("lambda", Domain.grid(0.85, 0.95));
            grid.put("clip_param", 0.25);
            grid.put("train_batch_size", 1024);
            grid.put("sgd_minibatch_size", 256);
            run.config(grid);
        }
    },
    RANDOM("random") {
        @Override
        void configure(RunConfig run, String env, long horizon) {
            run.numSamples(POPULATION);
        }
    },
    BAYESIAN("Bayesian") {
        @Override
        void configure(RunConfig run, String env, long horizon) {
            run.numSamples(POPULATION)
                    .searchAlg(GaussianProcessSearch.builder().nStartupTrials(3).build());
        }
    },
    ASHA("ASHA") {
        @Override
        void configure(RunConfig run, String env, long horizon) {
            run.numSamples(MANY)
                    .maxConcurrentTrials(SLOTS)
                    .scheduler(AshaScheduler.stopping()
                            .timeAttr(STEPS)
                            .gracePeriod(horizon / 9)
                            .maxT(horizon)
                            .reductionFactor(3)
                            .build());
        }
    },
    HYPERBAND("HyperBand") {
        @Override
        void configure(RunConfig run, String env, long horizon) {
            run.numSamples(MANY)
                    .maxConcurrentTrials(SLOTS)
                    .scheduler(HyperBandScheduler.builder()
                            .timeAttr(STEPS)
                            .gracePeriod(horizon / 9)
                            .maxT(horizon)
                            .build());
        }
    },
    PBT("PBT") {
        @Override
        void configure(RunConfig run, String env, long horizon) {
            run.numSamples(POPULATION)
                    .scheduler(PopulationBasedTraining.builder()
                            .timeAttr(STEPS)
                            .perturbationInterval(horizon / 10.0)
                            .build());
        }
    },
    PB2("PB2") {
        @Override
        void configure(RunConfig run, String env, long horizon) {
            run.numSamples(POPULATION)
                    .scheduler(Pb2.builder()
                            .timeAttr(STEPS)
                            .perturbationInterval(horizon / 10.0)
                            .build());
        }
    };

    /** How many trials share the budget where all of them are trained to the end. */
    static final int POPULATION = 8;

    private static final String STEPS = "timesteps_total";

    /** So many trials are under way at once where new ones begin as long as the budget lasts. */
    private static final int SLOTS = 4;

    /** More trials than the budget can pay for. */
    private static final int MANY = 200;

    private final String label;

    TuningMethod(String label) {
        this.label = label;
    }

    /** Returns the name in tables and pictures. */
    String label() {
        return label;
    }

    /**
     * Sets searcher, scheduler and number of trials.
     *
     * @param run has the space of {@link #space} and a stop rule at the horizon
     * @param horizon the environment steps of a trial that is trained to the end
     */
    abstract void configure(RunConfig run, String env, long horizon);

    /** Returns what is searched for an environment. */
    static Map<String, Object> space(String env) {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("env", env);
        space.put("num_envs_per_worker", 8);
        space.put("fcnet_hiddens", List.of(64, 64));
        space.put("gamma", 0.98);
        space.put("clip_param", uniform(0.1, 0.4));
        space.put("lambda", uniform(0.8, 1.0));
        space.put("lr", loguniform(1e-5, 1e-2));
        space.put("train_batch_size", randint(256, 4097));
        space.put("num_sgd_iter", randint(1, 21));
        space.put("sgd_minibatch_size", randint(32, 513));
        return space;
    }
}
