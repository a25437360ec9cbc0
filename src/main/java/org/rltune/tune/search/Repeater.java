package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * Runs each configuration of a searcher several times, each time with other random numbers, and reports the mean to it;
 * with the names of Ray Tune.
 *
 * <p>The trials of a run have streams of their own in any case, so nothing must be set for the repeats to differ. As in
 * Tune, {@code numSamples} counts the repeats: 20 with {@code repeat} 5 are 4 configurations. The mean leaves out trials
 * that failed and scores that are absent or NaN; a configuration without any score is reported without one, and as failed
 * if all its trials failed. Its mean over time has, for each iteration, the mean over the trials that reached it.
 *
 * <p>A mean over trials of which some were stopped early says nothing about the configuration, so a scheduler that
 * interrupts trials is refused (Tune lets it pass without a word).
 */
public final class Repeater implements Searcher {
    /** The hyperparameter in which {@code setIndex} puts the number of the repeat, from 0. */
    public static final String TRIAL_INDEX = "__trial_index__";

    private final Searcher searcher;
    private final int repeat;
    private final boolean setIndex;
    private final Map<Integer, Group> open = new TreeMap<>();
    private @Nullable SearchSpace inner;
    private int groups;
    private int reported;

    /** The trials of one configuration. */
    private record Group(HyperParams config, String reason, List<Ended> ended) {}

    /** Repeats each configuration of a searcher {@code repeat} times, at least once. */
    public Repeater(Searcher searcher, int repeat) {
        this(searcher, repeat, false);
    }

    /**
     * Repeats each configuration of a searcher.
     *
     * @param setIndex whether each trial gets the number of its repeat as the hyperparameter {@value #TRIAL_INDEX}; for
     *     trainables that accept it
     */
    public Repeater(Searcher searcher, int repeat, boolean setIndex) {
        this.searcher = searcher;
        this.repeat = Check.positive("repeat", repeat);
        this.setIndex = setIndex;
    }

    @Override
    public Optional<String> metric() {
        return searcher.metric();
    }

    @Override
    public Optional<Mode> mode() {
        return searcher.mode();
    }

    @Override
    public boolean needsMetric() {
        return searcher.needsMetric();
    }

    @Override
    public boolean learns() {
        return searcher.learns();
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("repeat", repeat);
        settings.put("set_index", setIndex);
        settings.put("searcher", Wrapping.settings(searcher));
        return settings;
    }

    /** Adds {@value #TRIAL_INDEX} if trials get it. */
    @Override
    public SearchSpace extend(SearchSpace space) {
        SearchSpace extended = searcher.extend(space);
        inner = extended;
        return setIndex ? extended.with(TRIAL_INDEX, Domain.randint(0, repeat)) : extended;
    }

    @Override
    public void checkScheduler(Scheduler scheduler) {
        searcher.checkScheduler(scheduler);
        if (repeat > 1 && scheduler.interrupts()) {
            throw new IllegalArgumentException("Repeater reports the mean of " + repeat + " trials, which says nothing"
                    + " where " + scheduler.getClass().getSimpleName() + " stops or changes some of them. Use"
                    + " FifoScheduler, or leave the Repeater out.");
        }
    }

    @Override
    public List<String> exceptionsToReproducibility() {
        return searcher.exceptionsToReproducibility();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if {@code numSamples} is no multiple of {@code repeat}
     */
    @Override
    public int totalTrials(SearchSpace space, int numSamples) {
        if (numSamples % repeat != 0) {
            int next = (numSamples / repeat + 1) * repeat;
            throw new IllegalArgumentException(
                    "num_samples is " + numSamples + ", but it counts every repeat and must be"
                            + " a multiple of repeat, " + repeat + ". Maybe numSamples(" + next + ")?");
        }
        int configurations = searcher.totalTrials(inner(space), numSamples / repeat);
        return Totals.multiplied(configurations, repeat, configurations + " configurations x " + repeat + " repeats");
    }

    private SearchSpace inner(SearchSpace otherwise) {
        SearchSpace known = inner;
        return known == null ? otherwise : known;
    }

    @Override
    public int defaultConcurrentTrials() {
        return (int) Math.min(Integer.MAX_VALUE, (long) searcher.defaultConcurrentTrials() * repeat);
    }

    @Override
    public List<String> preflight() {
        List<String> lines = new ArrayList<>(searcher.preflight());
        lines.add("Repeater: each configuration is run " + repeat + " times and counts by its mean");
        return lines;
    }

    @Override
    public void begin(Setup setup) {
        Seeds seeds = setup.seeds();
        searcher.begin(
                new Setup(setup.metric(), setup.mode(), inner(setup.space()), seeds, setup.totalTrials() / repeat));
        open.clear();
        groups = 0;
        reported = 0;
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        int number = trialNumber / repeat;
        int index = trialNumber % repeat;
        Group group = open.get(number);
        if (group == null) {
            Suggestion suggestion = searcher.suggest(number);
            if (!(suggestion instanceof Suggestion.Next next)) {
                return suggestion;
            }
            group = new Group(next.config(), next.reason(), new ArrayList<>());
            open.put(number, group);
            groups = number + 1;
        }
        HyperParams config = setIndex ? group.config.with(TRIAL_INDEX, index) : group.config;
        String reason = group.reason + " (run " + (index + 1) + " of " + repeat + " of configuration " + number + ")";
        return new Suggestion.Next(config, reason);
    }

    @Override
    public void onTrialEnd(Scheduler.TrialView trial) {
        int number = trial.number() / repeat;
        Group group = open.get(number);
        if (group == null) {
            throw new IllegalStateException("Repeater was told of the end of " + trial.id()
                    + ", which it did not suggest, or was told of before. Tell it of each trial once.");
        }
        group.ended.add(Ended.of(trial));
        if (group.ended.size() == repeat) {
            open.remove(number);
            reported++;
            mean(number, group).tell(searcher);
        }
    }

    private static Ended mean(int number, Group group) {
        List<Ended> valid = group.ended.stream()
                .filter(trial -> trial.outcome() != Outcome.FAILED)
                .toList();
        OptionalDouble mean = valid.stream()
                .flatMapToDouble(trial -> trial.score().stream())
                .filter(score -> !Double.isNaN(score))
                .average();
        Ended first = group.ended.get(0);
        return new Ended(
                first.id(),
                number,
                group.config,
                valid.stream().mapToInt(Ended::trainingIteration).max().orElse(0),
                valid.stream().mapToDouble(Ended::time).max().orElse(0),
                mean,
                means(valid),
                valid.isEmpty() ? Outcome.FAILED : Outcome.COMPLETED);
    }

    private static List<TimedScore> means(List<Ended> trials) {
        Map<Integer, List<TimedScore>> byIteration = new TreeMap<>();
        for (Ended trial : trials) {
            for (TimedScore scored : trial.scores()) {
                if (!Double.isNaN(scored.score())) {
                    byIteration
                            .computeIfAbsent(scored.trainingIteration(), iteration -> new ArrayList<>())
                            .add(scored);
                }
            }
        }
        List<TimedScore> means = new ArrayList<>();
        byIteration.forEach((iteration, scored) -> means.add(new TimedScore(
                iteration,
                scored.stream().mapToDouble(TimedScore::time).average().orElseThrow(),
                scored.stream().mapToDouble(TimedScore::score).average().orElseThrow())));
        return List.copyOf(means);
    }

    @Override
    public String summary() {
        return "Repeater: " + reported + " of " + groups + " configurations have had " + repeat + " runs; "
                + searcher.summary();
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> saved = new LinkedHashMap<>();
        open.forEach((number, group) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("config", group.config.asMap());
            json.put("reason", group.reason);
            json.put("ended", group.ended.stream().map(Ended::toJson).toList());
            saved.put(Integer.toString(number), json);
        });
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("groups", groups);
        state.put("reported", reported);
        state.put("open", saved);
        state.put("searcher", searcher.save());
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        groups = State.count(state, "groups");
        reported = State.count(state, "reported");
        open.clear();
        State.object(state, "open").forEach((number, saved) -> {
            Map<String, Object> json = Json.asObject(saved, "open");
            List<Ended> ended = new ArrayList<>();
            State.list(json, "ended").forEach(one -> ended.add(Ended.fromJson(Json.asObject(one, "ended"))));
            open.put(
                    Integer.parseInt(number),
                    new Group(HyperParams.of(State.object(json, "config")), String.valueOf(json.get("reason")), ended));
        });
        searcher.restore(State.object(state, "searcher"));
    }
}
