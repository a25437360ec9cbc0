package org.rltune.tune.schedule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.tune.Decision;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * Trains one trial under the schedule of hyperparameters that population based training found: that of the weights which a
 * trial had at the end, from the first iteration of the trial from which they descend, as in Ray Tune.
 *
 * <p>Every value changes after exactly the iteration after which it changed for those weights. (Ray's replay changes them
 * where the donor had last reported, up to an interval later than the checkpoint that was copied.) What is not replayed are
 * seeds and checkpoints: the trial trains by itself from the beginning, so its results differ from the recorded ones.
 */
public final class PopulationBasedTrainingReplay implements Scheduler {
    private final ReplaySchedule schedule;
    private final String source;
    private final List<String> overridden = new ArrayList<>();
    private int made;

    private PopulationBasedTrainingReplay(ReplaySchedule schedule, String source) {
        this.schedule = schedule;
        this.source = source;
    }

    /**
     * Reads {@code pbt_policy_<trial>.txt} of a run.
     *
     * @throws IllegalArgumentException if the file is not there, empty, or not of this form
     */
    public static PopulationBasedTrainingReplay fromPolicyFile(Path file) {
        return new PopulationBasedTrainingReplay(ReplaySchedule.ofPolicyFile(file), file.toString());
    }

    /**
     * Reads {@code decisions.jsonl} of a run.
     *
     * @param trialId whose weights are replayed, such as {@code t00003}
     * @throws IllegalArgumentException if the file is not there or not of this form, or the trial copied no other
     */
    public static PopulationBasedTrainingReplay fromDecisions(Path file, String trialId) {
        return new PopulationBasedTrainingReplay(ReplaySchedule.ofDecisions(file, trialId), file + " of " + trialId);
    }

    /** Returns the hyperparameters with which the trial begins. */
    public HyperParams initialConfig() {
        return schedule.initial();
    }

    @Override
    public boolean needsMetric() {
        return false;
    }

    @Override
    public String timeAttr() {
        return SchedulerBuilder.ITERATIONS;
    }

    @Override
    public boolean needsCheckpoint() {
        return false;
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", source);
        json.put(
                "changes_after", schedule.changes().stream().map(c -> c.after()).toList());
        return json;
    }

    /** Returns the space with the recorded first values as constants. */
    @Override
    public SearchSpace extend(SearchSpace space) {
        overridden.clear();
        SearchSpace extended = space;
        for (String name : schedule.initial().names()) {
            Object declared = space.domains().containsKey(name)
                    ? space.domains().get(name)
                    : space.constants().get(name);
            if (space.names().contains(name) && !schedule.initial().get(name).equals(declared)) {
                overridden.add(name);
            }
            extended = extended.with(name, schedule.initial().get(name));
        }
        return extended;
    }

    /** Returns the values that each name takes in the course of the schedule. */
    @Override
    public Map<String, Domain> mutations(SearchSpace space) {
        Map<String, Domain> domains = new LinkedHashMap<>();
        schedule.values().forEach((name, values) -> domains.put(name, Domain.choice(values)));
        return domains;
    }

    @Override
    public List<String> warnings() {
        return overridden.isEmpty()
                ? List.of()
                : List.of("PopulationBasedTrainingReplay takes its hyperparameters from " + source
                        + "; what the config says about " + String.join(", ", overridden) + " is not used.");
    }

    @Override
    public void begin(Setup setup) {
        if (setup.numSamples() != 1) {
            throw new IllegalArgumentException("PopulationBasedTrainingReplay trains one trial, but numSamples is "
                    + setup.numSamples() + ". Set numSamples(1), and repeat the run with other seeds.");
        }
        made = 0;
    }

    @Override
    public double runUntil(TrialView trial) {
        return made < schedule.changes().size() ? schedule.changes().get(made).after() : Double.POSITIVE_INFINITY;
    }

    @Override
    public List<Decision> onArrival(TrialView trial) {
        ReplaySchedule.Change change = schedule.changes().get(made);
        if (trial.time() < change.after()) {
            throw new IllegalStateException("trial " + trial.id() + " arrived at " + Texts.time(trial.time())
                    + " training_iteration, before " + change.after() + ". Ask runUntil first.");
        }
        HyperParams config = trial.config().withAll(change.config());
        made++;
        Map<String, String> changes = new LinkedHashMap<>();
        for (String name : change.config().names()) {
            Object before = trial.config().get(name);
            Object after = change.config().get(name);
            if (!before.equals(after)) {
                changes.put(name, Texts.value(before) + " --> " + Texts.value(after));
            }
        }
        return List.of(new Decision.Configure(
                trial.id(),
                config,
                changes,
                "change " + made + " of " + schedule.changes().size() + ", after iteration " + change.after() + " of "
                        + source));
    }

    @Override
    public List<Decision> onTrialEnd(TrialView trial) {
        return List.of();
    }

    @Override
    public String summary() {
        return "PopulationBasedTrainingReplay: " + made + " of "
                + Texts.count(schedule.changes().size(), "change") + " made";
    }

    @Override
    public Map<String, Object> save() {
        return Map.of("made", made);
    }

    @Override
    public void restore(Map<String, Object> state) {
        made = Json.asInt(state.get("made"), "made");
    }
}
