package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.Decision;

/**
 * HyperBand (Li et al. 2018, arXiv:1603.06560), synchronous, with the names of Ray Tune; also the scheduler of BOHB
 * (Falkner et al. 2018, arXiv:1807.01774), which Ray calls {@code HyperBandForBOHB}.
 *
 * <p>Trials fill brackets that trade number against length ({@link HyperBandPlan}). In a bracket all living trials wait for
 * each other at its next time; the best {@code ceil(n / reduction_factor)} go on to the one after, the others are stopped.
 * Trials that have failed or ended meanwhile are waited for no longer and do not count in n. When all brackets are full, a
 * second set is begun.
 *
 * <p>Brackets are filled from the largest down, as in the paper: the other order (Ray's) gives the first trials all of
 * {@code max_t}, and a run with fewer trials than one set no early stopping. A bracket that gets fewer trials than planned
 * is cut with those that it has. A searcher sees each result of a bracket at the bracket's time, which is BOHB's budget.
 *
 * <p>A trial whose time jumps beyond several of the bracket's times waits for the others at each; a time that all kept
 * trials have passed is passed over, since nothing new would be known there. A trial without a score, or with NaN, ranks
 * below all others.
 */
public final class HyperBandScheduler extends BaseScheduler {
    private final HyperBandBuilder settings;
    private final HyperBandPlan plan;
    private final List<HyperBandBracket> brackets = new ArrayList<>();
    private final Roster<HyperBandBracket.Place> trials = new Roster<>();
    private int stopped;

    HyperBandScheduler(HyperBandBuilder settings) {
        super(settings);
        this.settings = settings;
        this.plan = new HyperBandPlan(settings.gracePeriod, settings.maxT, settings.reductionFactor);
    }

    /** Returns a builder with the defaults. */
    public static HyperBandBuilder builder() {
        return new HyperBandBuilder(false);
    }

    /** Returns a builder for use with a BOHB searcher: the largest bracket is always filled first. */
    public static HyperBandBuilder forBohb() {
        return new HyperBandBuilder(true);
    }

    @Override
    void start(Setup begun) {
        brackets.clear();
        trials.clear();
        stopped = 0;
    }

    @Override
    public List<String> warnings() {
        int samples = hasBegun() ? setup().numSamples() : Integer.MAX_VALUE;
        return samples < plan.band()
                ? List.of("HyperBandScheduler takes " + plan.band() + " trials for one set of its " + (plan.smax() + 1)
                        + " brackets, but there are " + samples + ": some brackets stay empty or get fewer trials than"
                        + " planned. Maybe numSamples(" + plan.band() + "), or a smaller maxT or larger gracePeriod?")
                : List.of();
    }

    @Override
    public void onTrialAdd(TrialView trial) {
        HyperBandBracket bracket = brackets.isEmpty() ? null : brackets.get(brackets.size() - 1);
        if (bracket == null || bracket.isFull()) {
            bracket = open(bracket);
        }
        HyperBandBracket.Place place = new HyperBandBracket.Place(trial, bracket);
        trials.add(trial, place);
        bracket.places.add(place);
    }

    private HyperBandBracket open(@Nullable HyperBandBracket last) {
        int smax = plan.smax();
        int s;
        if (settings.smallestFirst) {
            s = last == null || last.s == smax ? 0 : last.s + 1;
        } else {
            s = last == null || last.s == 0 ? smax : last.s - 1;
        }
        long left = setup().numSamples() - (long) trials.size();
        HyperBandBracket bracket = new HyperBandBracket(s, plan.times(s), Math.max(1, Math.min(plan.trials(s), left)));
        brackets.add(bracket);
        return bracket;
    }

    @Override
    public double runUntil(TrialView trial) {
        HyperBandBracket bracket = trials.get(trial).bracket;
        return bracket.isLast() && !settings.stopLastTrials ? Double.POSITIVE_INFINITY : bracket.nextTime();
    }

    @Override
    public List<Decision> onArrival(TrialView view) {
        HyperBandBracket.Place place = trials.get(view);
        HyperBandBracket bracket = place.bracket;
        if (view.time() < bracket.nextTime()) {
            throw new IllegalStateException("trial " + view.id() + " arrived at " + timed(view.time()) + ", before "
                    + bracket.nextTime() + ". Ask runUntil first.");
        }
        place.time = view.time();
        place.score = Score.of(view.score());
        place.waits = true;
        return bracket.isLast() ? List.of(goOn(place, where(place) + ": ")) : cutIfAllAreHere(bracket, "");
    }

    @Override
    public List<Decision> onTrialEnd(TrialView view) {
        HyperBandBracket.Place place = trials.get(view);
        place.ended = true;
        place.waits = false;
        return place.bracket.isLast() ? List.of() : cutIfAllAreHere(place.bracket, "");
    }

    /** Cuts brackets that got fewer trials than planned. */
    @Override
    public List<Decision> onStall() {
        List<Decision> decisions = new ArrayList<>();
        for (HyperBandBracket bracket : brackets) {
            if (!bracket.isFull() && bracket.allWait()) {
                String planned = "; nothing runs, and no more of the " + bracket.size + " planned trials can come";
                bracket.size = bracket.places.size();
                decisions.addAll(cutIfAllAreHere(bracket, planned));
            }
        }
        return decisions;
    }

    private List<Decision> cutIfAllAreHere(HyperBandBracket bracket, String note) {
        if (!bracket.isFull() || !bracket.allWait()) {
            return List.of();
        }
        List<HyperBandBracket.Place> ranked = new ArrayList<>(bracket.live());
        ranked.sort(Comparator.comparing((HyperBandBracket.Place p) -> p.score, Score.bestFirst(setup().mode()))
                .thenComparingInt(p -> p.view.number()));
        int keep = (int) Rungs.ceilDiv(ranked.size(), settings.reductionFactor);
        String share = " the best " + keep + " (" + ranked.size() + " / " + settings.reductionFactor + ")" + note;
        long time = bracket.nextTime();
        bracket.lastCut = "kept " + keep + " of " + ranked.size() + " at " + time + " (down to "
                + ranked.get(keep - 1).score.text(setup().metric()) + ")";
        List<String> ranks = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            HyperBandBracket.Place place = ranked.get(i);
            ranks.add(where(place) + ": rank " + (i + 1) + " of " + ranked.size() + ", " + scored(place)
                    + (i < keep ? ", among" : ", not among") + share);
        }
        bracket.advance(ranked.subList(0, keep));
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            decisions.add(i < keep ? goOn(ranked.get(i), ranks.get(i) + "; ") : stop(ranked.get(i), ranks.get(i)));
        }
        return decisions;
    }

    private Decision goOn(HyperBandBracket.Place place, String reason) {
        HyperBandBracket bracket = place.bracket;
        String id = place.view.id();
        if (place.time < bracket.nextTime()) {
            place.waits = false;
            return new Decision.Continue(id, reason + "goes on to " + bracket.nextTime());
        }
        if (!bracket.isLast()) {
            return new Decision.Pause(id, reason + "waits until the others reach " + bracket.nextTime());
        }
        if (settings.stopLastTrials) {
            return stop(place, reason + scored(place) + ", reached max_t " + settings.maxT);
        }
        place.waits = false;
        return new Decision.Continue(id, reason + "goes on until a stop rule ends it");
    }

    private Decision stop(HyperBandBracket.Place place, String reason) {
        stopped++;
        place.waits = false;
        place.ended = true;
        return new Decision.Stop(place.view.id(), reason);
    }

    private String where(HyperBandBracket.Place place) {
        return "bracket " + place.bracket.s + " at " + place.bracket.nextTime();
    }

    private String scored(HyperBandBracket.Place place) {
        return place.score.text(setup().metric());
    }

    @Override
    public String summary() {
        return name() + ": " + stopped + " stopped; "
                + brackets.stream().map(HyperBandBracket::toString).collect(Collectors.joining(" | "));
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("stopped", stopped);
        state.put("brackets", brackets.stream().map(HyperBandBracket::save).toList());
        state.put("trials", trials.save(HyperBandBracket.Place::save));
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        stopped = Json.asInt(state.get("stopped"), "stopped");
        trials.restore(state.get("trials"), "trials", HyperBandBracket.Place::restore);
        List<?> saved = Json.asList(state.get("brackets"), "brackets");
        for (int i = 0; i < brackets.size(); i++) {
            brackets.get(i).restore(Json.asObject(saved.get(i), "bracket"));
        }
    }
}
