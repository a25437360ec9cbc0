package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.tune.Scheduler.TrialView;
import org.rltune.tune.Suggestion;

/**
 * Evolution strategy with covariance matrix adaptation: each generation of trials is drawn from a normal distribution that
 * moves, stretches and turns towards the better half of the one before.
 *
 * <p>For many trials (hundreds) of numeric hyperparameters that depend on each other. It begins in the middle of the space
 * with a sixth of its width as step, as Optuna's {@code CmaEsSampler}; source: N. Hansen, "The CMA Evolution Strategy: A
 * Tutorial" (2016).
 *
 * <ul>
 *   <li>A generation is told when {@code popsize} of its trials have ended. Until then more trials are drawn from the same
 *       distribution, so that nobody waits; those of them that end late are left out.
 *   <li>Trials that a scheduler stopped rank behind those that a stop rule ended, failed ones last.
 *   <li>The strategy is told the points that were really tried: rounded to whole numbers, constraints repaired.
 *   <li>Choices and conditional hyperparameters, which have no place in a normal distribution, are drawn at random.
 * </ul>
 */
public final class CmaEsSearch extends ModelSearcher {
    private final int nStartupTrials;
    private final int popsize;
    private final double sigma0;
    private @Nullable Cma strategy;

    /** The generation of each trial that the strategy drew; one that was told is forgotten. */
    private final TreeMap<Integer, Integer> generations = new TreeMap<>();

    /** Trials of the current generation that have ended, in the order in which they did. */
    private final List<Integer> ended = new ArrayList<>();

    /** Makes one with the defaults. */
    public CmaEsSearch() {
        this(builder());
    }

    private CmaEsSearch(Builder builder) {
        super(builder.pointsToEvaluate);
        nStartupTrials = builder.nStartupTrials;
        popsize = builder.popsize;
        sigma0 = builder.sigma0;
    }

    /** Returns settings to change. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    Axes axes(Setup setup) {
        return Axes.numbers(setup.space(), "CmaEsSearch");
    }

    @Override
    public void begin(Setup setup) {
        super.begin(setup);
        double[] middle = new double[axes().size()];
        Arrays.fill(middle, 0.5);
        strategy = new Cma(middle, sigma0, popsize);
        generations.clear();
        ended.clear();
    }

    private Cma strategy() {
        return State.begun(strategy, this);
    }

    @Override
    Suggestion.Next propose(int trialNumber) {
        int judged = history().judged().size();
        if (judged < nStartupTrials) {
            return random(trialNumber, judged + " of " + nStartupTrials + " startup trials have results");
        }
        Cma cma = strategy();
        generations.put(trialNumber, cma.generation());
        return at(
                cma.ask(stream(trialNumber)),
                trialNumber,
                String.format(Locale.ROOT, "CMA-ES: generation %d, step %.3g", cma.generation(), cma.sigma()));
    }

    @Override
    public void onTrialEnd(TrialView trial) {
        super.onTrialEnd(trial);
        Cma cma = strategy();
        Integer generation = generations.get(trial.number());
        if (generation == null || generation != cma.generation()) {
            return;
        }
        ended.add(trial.number());
        if (ended.size() == cma.lambda()) {
            List<Past> members = new ArrayList<>();
            for (Past past : history().all()) {
                if (ended.contains(past.number())) {
                    members.add(past);
                }
            }
            members.sort(Past.ranking(direction()));
            cma.tell(members.stream().map(past -> axes().point(past.config())).toList());
            ended.clear();
            generations.clear();
        }
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>(super.save());
        state.put("strategy", strategy().toJson());
        state.put("drawn", List.copyOf(generations.keySet()));
        state.put("ended", List.copyOf(ended));
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        super.restore(state);
        Cma cma = strategy();
        cma.restore(State.object(state, "strategy"));
        generations.clear();
        State.list(state, "drawn").forEach(number -> generations.put(Json.asInt(number, "drawn"), cma.generation()));
        ended.clear();
        State.list(state, "ended").forEach(number -> ended.add(Json.asInt(number, "ended")));
    }

    @Override
    void addSettings(Map<String, Object> settings) {
        settings.put("n_startup_trials", nStartupTrials);
        settings.put("popsize", popsize == 0 ? "4 + floor(3 ln n)" : popsize);
        settings.put("sigma0", sigma0);
    }

    @Override
    String modelSummary() {
        Cma cma = strategy();
        return String.format(
                Locale.ROOT,
                ", generation %d, %d of %d of its trials ended, step %.3g",
                cma.generation(),
                ended.size(),
                cma.lambda(),
                cma.sigma());
    }

    /** Settings of {@link CmaEsSearch}, with the names of Optuna's {@code CmaEsSampler}. */
    public static final class Builder {
        private int nStartupTrials = 1;
        private int popsize;
        private double sigma0 = 1.0 / 6;
        private List<Map<String, Object>> pointsToEvaluate = List.of();

        private Builder() {}

        /**
         * Sets how many trials must have a result before the strategy begins (default 1); until then trials are random.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder nStartupTrials(int trials) {
            nStartupTrials = Check.positive("n_startup_trials", trials);
            return this;
        }

        /**
         * Sets how many trials a generation has (default: {@code 4 + floor(3 ln n)} for n numbers).
         *
         * @throws IllegalArgumentException if it is below 4
         */
        public Builder popsize(int popsize) {
            this.popsize = Check.atLeast("popsize", popsize, 4);
            return this;
        }

        /**
         * Sets the step size to begin with, as a share of the width of each hyperparameter (default 1/6).
         *
         * @throws IllegalArgumentException if it is not above 0 and at most 1
         */
        public Builder sigma0(double sigma) {
            sigma0 = Check.inOpenClosed("sigma0", sigma, 0.0, 1.0);
            return this;
        }

        /** Sets values to try first; what an entry does not name is drawn at random. */
        public Builder pointsToEvaluate(List<? extends Map<String, ?>> points) {
            pointsToEvaluate = ModelSearcher.copied(points);
            return this;
        }

        /** Returns the searcher. */
        public CmaEsSearch build() {
            return new CmaEsSearch(this);
        }
    }
}
