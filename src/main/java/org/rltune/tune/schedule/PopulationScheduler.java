package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.random.Seeds;
import org.rltune.tune.Decision;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Population based methods: who is compared when, who copies whom; how to explore is left to the method. */
abstract sealed class PopulationScheduler extends BaseScheduler permits PopulationBasedTraining, Pb2 {
    private static final int SMALL_POPULATION = 4;

    private final PopulationBuilder<?> settings;
    private final Roster<Member> members = new Roster<>();
    private double nextPoint;
    private int points;
    private int exploits;

    /** Whether no further trial is to come, although there are fewer than were planned. */
    private boolean complete;

    PopulationScheduler(PopulationBuilder<?> settings) {
        super(settings);
        this.settings = settings;
    }

    /** Called by {@link #begin}. */
    abstract void start(SearchSpace space, Setup begun);

    /**
     * Returns the new hyperparameters of a trial that copies another.
     *
     * @param point counts the perturbation points before
     */
    abstract ExploreSpace.Explored explore(Member target, Member donor, int point);

    /** Called when a member has arrived, before anything is decided. */
    void observe(Member member) {}

    /** Called when a member has ended. */
    void gone(Member member) {}

    @Override
    final void start(Setup begun) {
        start(extend(begun.space()), begun);
        members.clear();
        nextPoint = firstPoint();
        points = 0;
        exploits = 0;
        complete = false;
    }

    private double firstPoint() {
        return Math.max(settings.interval, settings.burnIn);
    }

    /** Adds the mutated names that the space does not declare, so that their first values are sampled too. */
    @Override
    public final SearchSpace extend(SearchSpace space) {
        SearchSpace extended = space;
        for (Map.Entry<String, Domain> mutation : mutations(space).entrySet()) {
            if (!space.declares(mutation.getKey())) {
                extended = extended.with(mutation.getKey(), mutation.getValue());
            }
        }
        return extended;
    }

    @Override
    public List<String> warnings() {
        return hasBegun() && setup().numSamples() < SMALL_POPULATION
                ? List.of(name() + " with a population of " + setup().numSamples()
                        + ": below 4, all trials soon descend from one. Maybe numSamples(8)?")
                : List.of();
    }

    @Override
    public final void onTrialAdd(TrialView trial) {
        members.add(trial, new Member(trial));
    }

    @Override
    public final double runUntil(TrialView trial) {
        return settings.synch ? nextPoint : pointAfter(members.get(trial).time);
    }

    /** Returns the asynchronous form's first perturbation point after a trial's own time. */
    private double pointAfter(double time) {
        return Math.max(firstPoint(), time + settings.interval);
    }

    /** Returns true: each trial is copied into memory when it arrives, so a donor always has a checkpoint. */
    @Override
    public final boolean needsCheckpoint() {
        return true;
    }

    @Override
    public final List<Decision> onArrival(TrialView trial) {
        Member member = members.get(trial);
        double until = runUntil(trial);
        if (trial.time() < until) {
            throw new IllegalStateException("trial " + trial.id() + " arrived at " + Texts.time(trial.time()) + " "
                    + timeAttr() + ", before " + Texts.time(until) + ". Ask runUntil first.");
        }
        member.arrive(settings.scoreWindow);
        observe(member);
        return settings.synch ? decideIfAllAreHere() : decideAbout(member);
    }

    /** Takes the trial off the barrier, which may release the others. */
    @Override
    public final List<Decision> onTrialEnd(TrialView trial) {
        Member member = members.get(trial);
        member.ended = true;
        gone(member);
        return settings.synch ? decideIfAllAreHere() : List.of();
    }

    /** Goes on with fewer trials than were planned. */
    @Override
    public final List<Decision> onStall() {
        complete = true;
        return settings.synch ? decideIfAllAreHere() : List.of();
    }

    private List<Member> live() {
        return members.all().stream().filter(m -> !m.ended).toList();
    }

    private List<Decision> decideIfAllAreHere() {
        List<Member> live = live();
        boolean allAdded = complete || members.size() >= setup().numSamples();
        return allAdded && !live.isEmpty() && live.stream().allMatch(m -> m.arrived) ? decide(live) : List.of();
    }

    private List<Decision> decide(List<Member> live) {
        live.forEach(Member::countAbsence);
        Population population = population(live, Double.POSITIVE_INFINITY);
        setNextPoint(live);
        List<Decision> decisions = new ArrayList<>();
        List<Member> exploiting = new ArrayList<>();
        for (Member member : population.ranking().inOrder()) {
            Decision decision = decide(population, member);
            decisions.add(decision);
            if (decision instanceof Decision.Exploit) {
                exploiting.add(member);
            }
        }
        exploiting.forEach(Member::startOver); // after all have been ranked
        points++;
        return targetsBeforeDonors(decisions);
    }

    /**
     * Returns the decisions with each exploit before that of its donor, where the donor copies another trial at the same
     * point: what is written about the donor then is still about the weights that are copied. Of rules that let only the
     * bottom copy only the top, the order stays.
     */
    private static List<Decision> targetsBeforeDonors(List<Decision> decisions) {
        Map<String, Decision> ordered = new LinkedHashMap<>();
        decisions.forEach(decision -> addAfterTargets(decision, decisions, ordered));
        return List.copyOf(ordered.values());
    }

    private static void addAfterTargets(Decision decision, List<Decision> all, Map<String, Decision> ordered) {
        if (ordered.containsKey(decision.trialId())) {
            return;
        }
        if (decision instanceof Decision.Exploit) {
            for (Decision other : all) {
                if (other instanceof Decision.Exploit copy
                        && copy.donor().trialId().equals(decision.trialId())) {
                    addAfterTargets(other, all, ordered);
                }
            }
        }
        ordered.put(decision.trialId(), decision);
    }

    /** The asynchronous form: decides about one trial, by what the others had scored when they were as old. */
    private List<Decision> decideAbout(Member target) {
        target.countAbsence();
        List<Member> live = live();
        for (Member other : live) {
            if (other != target) {
                other.scoreAt(target.time, settings.scoreWindow);
            }
        }
        Decision decision = decide(population(live, target.time), target);
        if (decision instanceof Decision.Exploit) {
            target.startOver();
        }
        points++;
        return List.of(decision);
    }

    private Population population(List<Member> live, double age) {
        Setup begun = setup();
        Ranking ranking = new Ranking(live, begun.mode(), settings.quantileFraction);
        return new Population(ranking, begun.mode(), begun.metric(), begun.seeds(), points, age);
    }

    private Decision decide(Population population, Member member) {
        ExploitRule.Verdict verdict = settings.exploit.verdict(population, member);
        Member donor = verdict.donor();
        if (donor != null) {
            return exploit(population.ranking(), member, donor, verdict.why());
        }
        String why = verdict.why().isEmpty() ? "" : "; " + verdict.why();
        return goOn(member, place(population.ranking(), member) + why);
    }

    private void setNextPoint(List<Member> live) {
        double first = live.stream().mapToDouble(m -> m.time).min().orElse(0);
        double last = live.stream().mapToDouble(m -> m.time).max().orElse(0);
        nextPoint = Math.max(nextPoint + settings.interval, last);
        if (first >= nextPoint) {
            nextPoint = last + settings.interval; // else nobody could go on, and all would wait for ever
        }
    }

    private Decision goOn(Member member, String reason) {
        String id = member.view.id();
        if (settings.synch && member.time >= nextPoint) {
            return new Decision.Pause(
                    id, reason + "; waits until the others reach " + Texts.time(nextPoint) + " " + timeAttr());
        }
        member.arrived = false;
        return new Decision.Continue(id, reason);
    }

    private Decision exploit(Ranking ranking, Member target, Member donor, String why) {
        HyperParams donorConfig = donor.view.config();
        ExploreSpace.Explored explored = explore(target, donor, points);
        List<String> changes = new ArrayList<>();
        explored.changes().forEach((name, change) -> changes.add(name + " " + change));
        String reason = place(ranking, target) + "; copies " + donor.view.id() + " (rank " + ranking.rank(donor) + ", "
                + Texts.value(donor.score.orElseThrow()) + "); " + (why.isEmpty() ? "" : why + "; ")
                + String.join(", ", changes);
        target.arrived = false;
        exploits++;
        return new Decision.Exploit(
                target.view.id(), donor.checkpoint(), donorConfig, explored.values(), explored.changes(), reason);
    }

    private String place(Ranking ranking, Member member) {
        String metric = setup().metric();
        if (!ranking.isRanked(member)) {
            return "no " + metric + " yet: not ranked this time, but last if it is still absent at the next point";
        }
        String rank = "rank " + ranking.rank(member) + " of " + ranking.size();
        return member.score.isPresent()
                ? rank + " by " + metric + " (" + Texts.value(member.score.getAsDouble()) + ")"
                : rank + ": no " + metric + " at " + member.absent + " points in a row ranks below every score";
    }

    @Override
    public String summary() {
        return name() + ": " + Texts.count(exploits, "exploit") + " at " + Texts.count(points, "perturbation point")
                + (warnings().isEmpty() ? "" : " (a population below 4 soon descends from one trial)");
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("next_point", nextPoint);
        state.put("points", points);
        state.put("exploits", exploits);
        state.put("complete", complete);
        state.put("members", members.save(Member::save));
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        nextPoint = Json.asDouble(state.get("next_point"), "next_point");
        points = Json.asInt(state.get("points"), "points");
        exploits = Json.asInt(state.get("exploits"), "exploits");
        complete = Boolean.TRUE.equals(state.get("complete"));
        members.restore(state.get("members"), "members", Member::restore);
    }

    /** Returns the seeds of the run. */
    final Seeds seeds() {
        return setup().seeds();
    }
}
