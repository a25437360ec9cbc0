package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.tune.Decision;

/**
 * Asynchronous successive halving (ASHA; Li et al. 2020, arXiv:1810.05934), in two forms. Ray Tune calls it {@code
 * AsyncHyperBandScheduler} or {@code ASHAScheduler} and has the first form only.
 *
 * <p>Rungs lie at {@code grace_period * reduction_factor^k} of a trial's own time. In the stopping form a trial that comes
 * to a rung is stopped if its score is worse than the cutoff, which is the best {@code 1 / reduction_factor} of the
 * scores that were there before; it is never reconsidered, so those that come early go on. In the promotion form, which
 * is the paper's, every trial waits at its rung until it is among the best {@code 1 / reduction_factor} of those that
 * came there; what still waits when nothing runs any more is stopped.
 *
 * <p>A trial is seen at the first result at or beyond a rung. If its time jumps over rungs, it counts at the highest one
 * that it reached and at none below: its score would be too late for them. A trial without a score passes one rung
 * uncompared, and from the second in a row on is worse than every score; so is NaN.
 */
public final class AshaScheduler extends BaseScheduler {
    private final AshaBuilder settings;
    private final List<AshaBracket> brackets = new ArrayList<>();
    private final Roster<AshaTrial> trials = new Roster<>();
    private int stopped;

    AshaScheduler(AshaBuilder settings) {
        super(settings);
        this.settings = settings;
    }

    /** Returns a builder of the form that stops trials, as Ray Tune's does. */
    public static AshaBuilder stopping() {
        return new AshaBuilder(false);
    }

    /** Returns a builder of the form that pauses trials and promotes the best, as the paper's does. */
    public static AshaBuilder promotion() {
        return new AshaBuilder(true);
    }

    @Override
    void start(Setup begun) {
        brackets.clear();
        for (int s = 0; s < settings.brackets; s++) {
            brackets.add(new AshaBracket(settings, begun.mode(), s));
        }
        trials.clear();
        stopped = 0;
    }

    @Override
    public List<String> warnings() {
        return settings.promotion && settings.brackets == 1 && hasBegun()
                ? AshaTexts.tooFew(setup().numSamples(), brackets.get(0), settings.reductionFactor)
                : List.of();
    }

    @Override
    public void onTrialAdd(TrialView trial) {
        trials.add(trial, new AshaTrial(trial, bracketOf(trial.number())));
    }

    /** Draws a bracket with probabilities in proportion to e to the number of its rungs, as Ray Tune does. */
    private int bracketOf(int trialNumber) {
        double[] upTo = new double[brackets.size()];
        double sum = 0;
        for (int s = 0; s < upTo.length; s++) {
            sum += StrictMath.exp(
                    brackets.get(s).rungs().size() - brackets.get(0).rungs().size());
            upTo[s] = sum;
        }
        Pcg64 random = setup().seeds().stream("asha.bracket", trialNumber);
        double drawn = random.nextDouble() * sum;
        int bracket = 0;
        while (bracket < upTo.length - 1 && drawn >= upTo[bracket]) {
            bracket++;
        }
        return bracket;
    }

    @Override
    public double runUntil(TrialView trial) {
        double next = brackets.get(trials.get(trial).bracket).next(trial.time());
        return settings.stopLastTrials ? Math.min(next, settings.maxT) : next;
    }

    @Override
    public List<Decision> onArrival(TrialView view) {
        AshaTrial trial = trials.get(view);
        AshaBracket bracket = brackets.get(trial.bracket);
        int index = bracket.reached(view.time());
        boolean atTheEnd = settings.stopLastTrials && view.time() >= settings.maxT;
        if (index <= trial.rung && !atTheEnd) {
            throw new IllegalStateException("trial " + view.id() + " arrived at " + timed(view.time())
                    + ", where there is no new rung. Ask runUntil first.");
        }
        if (index <= trial.rung) {
            return List.of(stop(trial, "reached max_t " + settings.maxT));
        }
        Score score = Score.of(view.score());
        trial.absent = score.isAbsent() ? trial.absent + 1 : 0;
        Rung rung = bracket.rungs().get(index);
        OptionalDouble cutoff = rung.cutoff();
        int before = rung.numbers();
        enter(trial, bracket, index, score, atTheEnd || !settings.promotion);
        List<Decision> decisions = new ArrayList<>();
        AshaTexts texts = new AshaTexts(setup().metric(), settings.reductionFactor, rung);
        if (atTheEnd) {
            decisions.add(stop(trial, texts.place(trial) + "; reached max_t " + settings.maxT));
        } else if (settings.promotion) {
            trial.waits = true;
        } else if (isCut(trial, score, cutoff)) {
            decisions.add(stop(trial, texts.cut(trial, cutoff.orElseThrow(), before)));
        } else {
            decisions.add(new Decision.Continue(view.id(), texts.passed(trial, cutoff, before)));
        }
        if (settings.promotion) {
            promote(rung, texts, decisions);
            if (trial.waits) {
                decisions.add(new Decision.Pause(view.id(), texts.waits(trial)));
            }
        }
        return decisions;
    }

    private boolean isCut(AshaTrial trial, Score score, OptionalDouble cutoff) {
        if (cutoff.isEmpty()) {
            return false;
        }
        return score.isNumber()
                ? Score.of(cutoff.getAsDouble()).isBetterThan(score, setup().mode())
                : !score.isAbsent() || trial.absent >= 2;
    }

    private void enter(AshaTrial trial, AshaBracket bracket, int index, Score score, boolean gone) {
        Rung.Entry entry = new Rung.Entry(trial.view.id(), trial.view.number(), score, gone);
        bracket.rungs().get(index).add(entry);
        trial.rung = index;
        trial.entry = entry;
    }

    private void promote(Rung rung, AshaTexts texts, List<Decision> decisions) {
        for (Rung.Entry entry : rung.bestFirst().subList(0, rung.places())) {
            if (!entry.gone && entry.score.isNumber()) {
                AshaTrial trial = trials.get(entry.trial);
                entry.gone = true;
                trial.waits = false;
                decisions.add(new Decision.Continue(entry.trial, texts.promoted(trial)));
            }
        }
    }

    private Decision stop(AshaTrial trial, String reason) {
        trial.waits = false;
        stopped++;
        return new Decision.Stop(trial.view.id(), reason);
    }

    /** Lets a trial that ended in order at or beyond a rung count there, and one that waited make room. */
    @Override
    public List<Decision> onTrialEnd(TrialView view) {
        AshaTrial trial = trials.get(view);
        trial.waits = false;
        if (trial.entry != null) {
            trial.entry.gone = true;
        }
        AshaBracket bracket = brackets.get(trial.bracket);
        int index = bracket.reached(view.time());
        if (view.outcome() != Outcome.COMPLETED || index <= trial.rung) {
            return List.of();
        }
        enter(trial, bracket, index, Score.of(view.score()), true);
        List<Decision> decisions = new ArrayList<>();
        if (settings.promotion) {
            Rung rung = bracket.rungs().get(index);
            promote(rung, new AshaTexts(setup().metric(), settings.reductionFactor, rung), decisions);
        }
        return decisions;
    }

    /** Stops those that wait to be promoted: no trial is left that could make room for them. */
    @Override
    public List<Decision> onStall() {
        List<Decision> decisions = new ArrayList<>();
        for (AshaTrial trial : trials.all()) {
            if (trial.waits) {
                Rung rung = brackets.get(trial.bracket).rungs().get(trial.rung);
                AshaTexts texts = new AshaTexts(setup().metric(), settings.reductionFactor, rung);
                decisions.add(stop(trial, texts.left(trial)));
            }
        }
        return decisions;
    }

    @Override
    public String summary() {
        String form = settings.promotion ? "promotion" : "stopping";
        String tables = brackets.stream().map(AshaTexts::table).collect(Collectors.joining(" || "));
        return name() + ": " + form + ", " + stopped + " stopped; " + tables;
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("stopped", stopped);
        state.put("brackets", brackets.stream().map(AshaBracket::save).toList());
        state.put("trials", trials.save(AshaTrial::save));
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        stopped = Json.asInt(state.get("stopped"), "stopped");
        List<?> saved = Json.asList(state.get("brackets"), "brackets");
        if (saved.size() != brackets.size()) {
            throw new IllegalArgumentException("The saved state has " + Texts.count(saved.size(), "bracket")
                    + ", but there are " + brackets.size() + ". Restore it into the experiment that saved it.");
        }
        for (int s = 0; s < brackets.size(); s++) {
            brackets.get(s).restore(saved.get(s));
        }
        trials.restore(state.get("trials"), "trials", (trial, one) -> trial.restore(one, brackets.get(trial.bracket)));
    }
}
