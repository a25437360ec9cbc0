package org.rltune.tune;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.LiveTrial.Phase;
import org.rltune.tune.space.HyperParams;

/**
 * Hands trials that arrived to the searcher and the scheduler, carries out what the scheduler decides, in order, and keeps
 * the record. Used by the main loop only.
 */
final class Decisions {
    private final RunContext run;
    private final TrialMaker maker;
    private final Deque<LiveTrial> ready;
    private final List<DecisionRecord> records = new ArrayList<>();

    /** @param ready where trials that go on are queued */
    Decisions(RunContext run, TrialMaker maker, Deque<LiveTrial> ready) {
        this.run = run;
        this.maker = maker;
        this.ready = ready;
    }

    List<DecisionRecord> records() {
        return records;
    }

    /** A trial waits after its slice: the searcher learns of it, then the scheduler decides. */
    void arrived(LiveTrial live) {
        live.phase = Phase.PAUSED;
        live.view.arrive();
        maker.arrived(live);
        carryOut(run.settings().scheduler().onArrival(live.view), live.view.time());
    }

    /** Nothing runs and no trial can be made: the scheduler decides about those that wait. Returns whether it did. */
    boolean stalled() {
        List<LiveTrial> waiting =
                maker.made().stream().filter(live -> live.phase == Phase.PAUSED).toList();
        double time =
                waiting.stream().mapToDouble(live -> live.view.time()).max().orElse(0);
        carryOut(run.settings().scheduler().onStall(), time);
        return waiting.stream().anyMatch(live -> live.phase != Phase.PAUSED);
    }

    /** Carries out decisions taken at the given time, and those that follow from trials that they end. */
    void carryOut(List<Decision> decisions, double time) {
        Deque<Decision> open = new ArrayDeque<>(decisions);
        while (!open.isEmpty()) {
            Decision decision = open.removeFirst();
            LiveTrial live = waiting(decision);
            String tag = live.trial.tag();
            if (decision instanceof Decision.Continue) {
                goOn(live);
            } else if (decision instanceof Decision.Exploit exploit) {
                exploit(live, exploit);
                goOn(live);
            } else if (decision instanceof Decision.Configure configure) {
                configure(live, configure);
                goOn(live);
            } else if (decision instanceof Decision.Pause) {
                new Slice(run, live, 0, 0).saveWaiting(run.settings().states().atOnce());
            } else if (decision instanceof Decision.Stop) {
                live.trial.endBecause("the scheduler: " + decision.reason());
                live.stoppedByScheduler = true;
                stop(live);
            }
            record(live, decision, tag, time);
            if (live.phase == Phase.ENDED) {
                open.addAll(ended(live));
            }
        }
    }

    /**
     * The experiment is to end: ends every trial that waits, by number. What the scheduler would do about the others then
     * is not asked for, since they end too.
     */
    void endWaiting(String reason) {
        for (LiveTrial live : List.copyOf(maker.made())) {
            if (live.phase == Phase.PAUSED || live.phase == Phase.READY) {
                live.trial.endBecause(reason);
                stop(live);
                ended(live);
            }
        }
    }

    /** Tells the searcher and the scheduler that a trial has ended; returns what the scheduler decides. */
    List<Decision> ended(LiveTrial live) {
        live.phase = Phase.ENDED;
        live.view.arrive();
        release(live);
        maker.ended(live);
        return run.settings().scheduler().onTrialEnd(live.view);
    }

    private LiveTrial waiting(Decision decision) {
        LiveTrial live = find(decision.trialId());
        if (live == null) {
            throw broken("decided about a trial that does not exist", decision);
        }
        boolean stopsReady = decision instanceof Decision.Stop && live.phase == Phase.READY;
        if (live.phase != Phase.PAUSED && !stopsReady) {
            throw broken("decided about a trial that is " + live.phase + ", not paused", decision);
        }
        return live;
    }

    private @Nullable LiveTrial find(String id) {
        List<LiveTrial> made = maker.made();
        OptionalInt number = Trial.numberOf(id);
        return number.isPresent() && number.getAsInt() < made.size() ? made.get(number.getAsInt()) : null;
    }

    private static IllegalStateException broken(String what, Decision decision) {
        return new IllegalStateException("The scheduler " + what + ": " + decision.trialId() + " ("
                + decision.getClass().getSimpleName() + ", " + decision.reason() + "). Correct the scheduler.");
    }

    private void goOn(LiveTrial live) {
        live.phase = Phase.READY;
        ready.addLast(live);
    }

    private void stop(LiveTrial live) {
        ready.remove(live);
        live.phase = Phase.ENDED;
        new Slice(run, live, 0, 0).endWaiting();
    }

    private void exploit(LiveTrial target, Decision.Exploit exploit) {
        Checkpoint checkpoint = exploit.donor();
        LiveTrial donor = find(checkpoint.trialId());
        if (donor == null || donor == target) {
            throw broken("ordered a copy from " + checkpoint.trialId() + ", which is no other trial", exploit);
        }
        HyperParams explored = exploit.explored();
        refuseOutside(explored, exploit);
        int iteration = checkpoint.trainingIteration();
        // Pinned before it is written, so that no other checkpoint of the donor can push it out in between.
        donor.trial.checkpoints().pin(iteration, target.trial.id());
        if (target.donor != null && target.donor != donor) {
            target.donor.trial.checkpoints().unpin(target.trial.id());
        }
        target.donor = donor;
        target.trial.adopt(
                Counters.lineageOf(donor.trial.rowAt(iteration)),
                donor.trial.lineageAt(iteration),
                explored,
                Tags.values(explored, exploit.changes().keySet()));
        Map<String, byte[]> files = checkpoint.files();
        target.order(new LiveTrial.Order(
                target.trial.trainingIteration(), donor, iteration, files.isEmpty() ? null : files, explored));
        target.view.configure(explored);
        target.expectedSeconds = donor.expectedSeconds;
        TrialFiles.write(target.trial);
    }

    private void configure(LiveTrial target, Decision.Configure configure) {
        HyperParams config = configure.config();
        refuseOutside(config, configure);
        target.trial.reconfigure(config, Tags.values(config, configure.changes().keySet()));
        target.order(new LiveTrial.Order(target.trial.trainingIteration(), null, 0, null, config));
        target.view.configure(config);
        TrialFiles.write(target.trial);
    }

    private void refuseOutside(HyperParams values, Decision decision) {
        String violation = run.settings().mutated().violation(values);
        if (violation != null) {
            throw broken("left the search space: " + violation, decision);
        }
    }

    private void release(LiveTrial live) {
        LiveTrial donor = live.donor;
        if (donor != null) {
            donor.trial.checkpoints().unpin(live.trial.id());
            live.donor = null;
        }
    }

    /** Returns the tag that the donor had when the checkpoint was taken. */
    private static String donorTag(Trial donor, int iteration) {
        Object tag = donor.rowAt(iteration).get(ResultColumns.EXPERIMENT_TAG);
        return tag == null ? donor.tag() : tag.toString();
    }

    private void record(LiveTrial live, Decision decision, String tag, double time) {
        String donorTag = null;
        int donorIteration = -1;
        if (decision instanceof Decision.Exploit exploit) {
            donorIteration = exploit.donor().trainingIteration();
            donorTag = donorTag(Objects.requireNonNull(find(exploit.donor().trialId())).trial, donorIteration);
        }
        DecisionRecord made = new DecisionRecord(
                records.size(),
                time,
                decision,
                tag,
                donorTag,
                live.trial.trainingIteration(),
                donorIteration,
                live.trial.lineage());
        records.add(made);
        Map<String, Object> json = DecisionJson.toJson(made);
        String order = DecisionJson.order(json);
        if (!order.isEmpty()) {
            live.orderText(made.targetIteration(), order);
        }
        boolean replayed = isRecorded(json, made);
        if (!replayed) {
            if (decision instanceof Decision.Exploit exploit) {
                secure(exploit);
            }
            run.journal().append(JournalRecords.decision(json));
            force(decision);
        }
        run.notifier().tell(replayed, listener -> listener.onDecision(run.experiment(), made));
    }

    private void force(Decision decision) {
        if (decision instanceof Decision.Exploit) {
            run.journal().force();
        } else if (decision instanceof Decision.Pause || decision instanceof Decision.Stop) {
            run.journal().forceSoon();
        }
    }

    /**
     * Returns whether an earlier session took the same decision.
     *
     * @throws IllegalStateException if it took another one, though nothing has changed
     */
    private boolean isRecorded(Map<String, Object> json, DecisionRecord made) {
        Map<String, Object> recorded = run.recording().nextDecision();
        if (recorded == null) {
            return false;
        }
        Map<String, Object> now = Recording.comparable(json);
        if (recorded.equals(now)) {
            run.recording().decided();
            return true;
        }
        if (!run.recording().extended()) {
            throw new IllegalStateException("Decision " + made.number()
                    + " of the scheduler is another one when the run is"
                    + " resumed: "
                    + String.join("; ", Recording.differences(recorded, now).values())
                    + ". The settings or the program have changed so that the run cannot go on: resume with what it was"
                    + " started with, or start a new run.");
        }
        run.journal().append(JournalRecords.cutDecisions(made.number()));
        run.recording().cutDecisions(made.number());
        return false;
    }

    /** Has the donor's state on disk before the decision is written down. */
    private void secure(Decision.Exploit exploit) {
        Checkpoint checkpoint = exploit.donor();
        LiveTrial donor = Objects.requireNonNull(find(checkpoint.trialId()));
        int iteration = checkpoint.trainingIteration();
        if (donor.trial.checkpoints().has(iteration)) {
            return;
        }
        Map<String, byte[]> files = checkpoint.files();
        if (files.isEmpty()) { // the donor was only read back
            files = run.revival().stateAfter(donor, iteration);
            if (files == null) {
                throw new Abort.Fatal(Objects.requireNonNull(run.abort().cause()));
            }
        }
        run.writeCheckpoint(donor.trial, new Checkpoint(checkpoint.trialId(), iteration, checkpoint.score(), files));
    }
}
