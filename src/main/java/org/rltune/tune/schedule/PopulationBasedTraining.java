package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.random.Seeds;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * Population based training (Jaderberg et al. 2017, arXiv:1711.09846), synchronous, with the names of Ray Tune.
 *
 * <p>At each perturbation point all living trials wait for each other and are ranked by their last score. A trial of the
 * bottom quantile copies the checkpoint and the hyperparameters of a random one of the top quantile, if that one is
 * strictly better, and explores: each hyperparameter is drawn anew or moved by a factor. The others go on unchanged.
 * (In the words of evolutionary algorithms, exploit is truncation selection and explore is mutation.) The tuner's
 * {@code Slice} puts the explored values in force.
 *
 * <p>The first point is at {@code max(perturbationInterval, burnInPeriod)} of the trials' own time, each further one an
 * interval later, or where the furthest trial stands if that is more. Time is always the trial's own: it does not jump
 * when another trial is copied.
 */
public final class PopulationBasedTraining implements Scheduler {
    private static final int SMALL_POPULATION = 4;

    private final PbtBuilder settings;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private @Nullable Setup setup;
    private @Nullable Explorer explorer;
    private double nextPoint;
    private int points;
    private int exploits;

    PopulationBasedTraining(PbtBuilder settings) {
        this.settings = settings;
    }

    /** Returns a builder with the defaults. */
    public static PbtBuilder builder() {
        return new PbtBuilder();
    }

    @Override
    public Optional<String> metric() {
        return Optional.ofNullable(settings.metric);
    }

    @Override
    public Optional<Mode> mode() {
        return Optional.ofNullable(settings.mode);
    }

    @Override
    public Map<String, Object> settings() {
        return settings.toJson();
    }

    @Override
    public String timeAttr() {
        return settings.timeAttr;
    }

    /** Adds the mutated names that the space does not declare, so that their first values are sampled too. */
    @Override
    public SearchSpace extend(SearchSpace space) {
        SearchSpace extended = space;
        for (Map.Entry<String, Domain> mutation : mutations(space).entrySet()) {
            if (!space.names().contains(mutation.getKey())) {
                extended = extended.with(mutation.getKey(), mutation.getValue());
            }
        }
        return extended;
    }

    /** Returns {@code hyperparamMutations}, or all domains of the space where none were given. */
    @Override
    public Map<String, Domain> mutations(SearchSpace space) {
        return settings.mutations == null ? space.domains() : settings.mutations;
    }

    @Override
    public List<String> warnings() {
        return setup != null && setup.numSamples() < SMALL_POPULATION
                ? List.of("PopulationBasedTraining with a population of " + setup.numSamples()
                        + ": below 4, all trials soon descend from one. Maybe numSamples(8)?")
                : List.of();
    }

    @Override
    public void begin(Setup setup) {
        settings.checkFits(setup.metric(), setup.mode());
        SearchSpace space = extend(setup.space());
        Map<String, Domain> mutations = mutations(space);
        if (mutations.isEmpty() && settings.custom == null) {
            throw new IllegalArgumentException(
                    "PopulationBasedTraining has nothing to explore: there is no domain in the"
                            + " search space, no hyperparamMutations and no customExploreFn. Maybe"
                            + " .put(\"lr\", loguniform(1e-5, 1e-3)) in the config?");
        }
        this.explorer = new Explorer(space, mutations, settings.resampleProbability, settings.factors, settings.custom);
        this.setup = setup;
        members.clear();
        nextPoint = Math.max(settings.interval, settings.burnIn);
        points = 0;
        exploits = 0;
    }

    @Override
    public void onTrialAdd(TrialView trial) {
        if (members.putIfAbsent(trial.id(), new Member(trial)) != null) {
            throw new IllegalStateException("trial " + trial.id() + " was added before. Add each trial once.");
        }
    }

    @Override
    public double runUntil(TrialView trial) {
        return nextPoint;
    }

    /** Returns true: each trial is copied into memory when it arrives, so a donor always has a checkpoint. */
    @Override
    public boolean needsCheckpoint() {
        return true;
    }

    @Override
    public List<Decision> onArrival(TrialView trial) {
        Member member = member(trial);
        if (trial.time() < nextPoint) {
            throw new IllegalStateException("trial " + trial.id() + " arrived at " + Texts.time(trial.time()) + " "
                    + timeAttr() + ", before " + Texts.time(nextPoint) + ". Ask runUntil first.");
        }
        member.arrive();
        return decideIfAllAreHere();
    }

    /** Takes the trial off the barrier, which may release the others. */
    @Override
    public List<Decision> onTrialEnd(TrialView trial) {
        member(trial).ended = true;
        return decideIfAllAreHere();
    }

    private List<Decision> decideIfAllAreHere() {
        Setup begun = begun(setup);
        List<Member> live = members.values().stream().filter(m -> !m.ended).toList();
        boolean complete = members.size() >= begun.numSamples() && !live.isEmpty();
        return complete && live.stream().allMatch(m -> m.arrived) ? decide(live, begun) : List.of();
    }

    private List<Decision> decide(List<Member> live, Setup begun) {
        live.forEach(Member::countAbsence);
        Ranking ranking = new Ranking(live, begun.mode(), settings.quantileFraction);
        setNextPoint(live);
        List<Decision> decisions = new ArrayList<>();
        List<Member> exploiting = new ArrayList<>();
        for (Member member : ranking.inOrder()) {
            List<Member> donors = ranking.isLower(member) ? ranking.donorsFor(member) : List.of();
            if (donors.isEmpty()) {
                decisions.add(goOn(member, place(ranking, member) + why(ranking, member)));
            } else {
                Seeds seeds = begun.seeds();
                long pick =
                        seeds.stream("pbt.donor", member.view.number(), points).integers(0, donors.size());
                decisions.add(exploit(ranking, member, donors.get((int) pick), seeds));
                exploiting.add(member);
            }
        }
        exploiting.forEach(Member::startOver); // after all have been ranked
        points++;
        return Collections.unmodifiableList(decisions);
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
        if (member.time >= nextPoint) {
            return new Decision.Pause(
                    id, reason + "; waits until the others reach " + Texts.time(nextPoint) + " " + timeAttr());
        }
        member.arrived = false;
        return new Decision.Continue(id, reason);
    }

    private Decision exploit(Ranking ranking, Member target, Member donor, Seeds seeds) {
        HyperParams donorConfig = donor.view.config();
        Explorer.Explored explored = begun(explorer).explore(donorConfig, seeds, target.view.number(), points);
        List<String> changes = new ArrayList<>();
        explored.changes().forEach((name, change) -> changes.add(name + " " + change));
        String reason = place(ranking, target) + "; copies " + donor.view.id() + " (rank " + ranking.rank(donor) + ", "
                + Texts.value(donor.score.orElseThrow()) + "); " + String.join(", ", changes);
        target.arrived = false;
        exploits++;
        return new Decision.Exploit(
                target.view.id(), donor.checkpoint(), donorConfig, explored.values(), explored.changes(), reason);
    }

    private String place(Ranking ranking, Member member) {
        String metric = begun(setup).metric();
        if (!ranking.isRanked(member)) {
            return "no " + metric + " yet: not ranked this time, but last if it is still absent at the next point";
        }
        String rank = "rank " + ranking.rank(member) + " of " + ranking.size();
        return member.score.isPresent()
                ? rank + " by " + metric + " (" + Texts.value(member.score.getAsDouble()) + ")"
                : rank + ": no " + metric + " at " + member.absent + " points in a row ranks below every score";
    }

    private String why(Ranking ranking, Member member) {
        return ranking.isLower(member) ? "; no trial of the top " + ranking.quantile() + " is strictly better" : "";
    }

    @Override
    public String summary() {
        return "PopulationBasedTraining: " + Texts.count(exploits, "exploit") + " at "
                + Texts.count(points, "perturbation point")
                + (warnings().isEmpty() ? "" : " (a population below 4 soon descends from one trial)");
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> saved = new LinkedHashMap<>();
        members.forEach((id, member) -> saved.put(id, member.save()));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("next_point", nextPoint);
        state.put("points", points);
        state.put("exploits", exploits);
        state.put("members", saved);
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        nextPoint = Json.asDouble(state.get("next_point"), "next_point");
        points = Json.asInt(state.get("points"), "points");
        exploits = Json.asInt(state.get("exploits"), "exploits");
        Map<String, ?> saved = Json.asObject(state.get("members"), "members");
        if (!saved.keySet().equals(members.keySet())) {
            throw new IllegalArgumentException("The saved state knows the trials " + saved.keySet() + ", but there are "
                    + members.keySet() + ". Restore it into the experiment that saved it.");
        }
        members.forEach((id, member) -> member.restore(Json.asObject(saved.get(id), id)));
    }

    private Member member(TrialView trial) {
        Member member = members.get(trial.id());
        if (member == null) {
            throw new IllegalStateException("trial " + trial.id() + " is unknown. Call onTrialAdd first.");
        }
        return member;
    }

    private static <T> T begun(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("PopulationBasedTraining has not begun. Call begin first.");
        }
        return value;
    }
}
