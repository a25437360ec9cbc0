package org.rltune.tune;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.space.HyperParams;

/**
 * A function as a trainable.
 *
 * <p>What is saved is the newest checkpoint that the function reported, and how many reports came after it: a restored
 * trial runs these once more, unheard, before it goes on. So it goes on exactly where it stood, whichever reports had a
 * checkpoint.
 */
final class FunctionTrainable implements Trainable {
    private static final String STATE = "session.json";
    static final String CHECKPOINT = "checkpoint.bin";

    private final String name;
    private final TrainableFunction function;
    private final TrialContext context;
    private HyperParams config;
    private byte @Nullable [] checkpoint;
    private @Nullable FunctionRun run;

    /** Reports of the trial itself, and those among them that came after the checkpoint. */
    private int reports;

    private int sinceCheckpoint;
    private boolean finished;

    FunctionTrainable(String name, TrainableFunction function, TrialContext context) {
        this.name = name;
        this.function = function;
        this.context = context;
        this.config = context.config();
    }

    @Override
    public Iteration train() {
        if (finished) {
            return new Iteration(Map.of(), config, true);
        }
        FunctionRun running = run == null ? start() : run;
        FunctionRun.Event event = running.next();
        if (event instanceof FunctionRun.Reported reported) {
            reports++;
            byte[] bytes = reported.checkpoint();
            sinceCheckpoint = bytes == null ? sinceCheckpoint + 1 : 0;
            checkpoint = bytes == null ? checkpoint : bytes;
            return new Iteration(reported.metrics(), config);
        }
        run = null;
        rethrow(event);
        if (reports == 0) {
            throw new IllegalStateException("The function '" + name + "' returned without a report. Call"
                    + " session.report(metrics) at least once.");
        }
        finished = true;
        return new Iteration(Map.of(), config, true);
    }

    private FunctionRun start() {
        TrialContext now = new TrialContext(context.trialId(), config, context.seeds(), context.folder());
        FunctionRun started = new FunctionRun(function, now, checkpoint, reports - sinceCheckpoint);
        run = started;
        for (int i = 0; i < sinceCheckpoint; i++) {
            FunctionRun.Event event = started.next();
            if (event instanceof FunctionRun.Ended) {
                run = null;
                rethrow(event);
                throw new IllegalStateException(
                        "The function '" + name + "' of " + context.trialId() + " ended after " + i
                                + " reports, but had made " + sinceCheckpoint
                                + " from the same checkpoint before. It must depend"
                                + " on its config, its checkpoint and session.seeds() alone.");
            }
        }
        return started;
    }

    private void rethrow(FunctionRun.Event event) {
        Throwable error = event instanceof FunctionRun.Ended ended ? ended.error() : null;
        if (error instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (error instanceof Error fatal) {
            throw fatal;
        }
        if (error != null) {
            throw new IllegalStateException("The function '" + name + "' failed: " + error, error);
        }
    }

    @Override
    public Map<String, byte[]> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("reports", reports);
        state.put("since_checkpoint", sinceCheckpoint);
        state.put("finished", finished);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(STATE, Json.write(state).getBytes(StandardCharsets.UTF_8));
        if (checkpoint != null) {
            files.put(CHECKPOINT, checkpoint.clone());
        }
        return files;
    }

    @Override
    public void restore(Map<String, byte[]> files) {
        Map<String, @Nullable Object> state = state(files);
        endRun();
        reports = Json.asInt(state.get("reports"), STATE + ": reports");
        sinceCheckpoint = Json.asInt(state.get("since_checkpoint"), STATE + ": since_checkpoint");
        finished = Boolean.TRUE.equals(state.get("finished"));
        checkpoint = files.get(CHECKPOINT);
    }

    @Override
    public void adopt(Map<String, byte[]> donorFiles) {
        int behind = Json.asInt(state(donorFiles).get("since_checkpoint"), STATE + ": since_checkpoint");
        byte[] taken = donorFiles.get(CHECKPOINT);
        if (taken == null || behind > 0) {
            throw new IllegalStateException(context.trialId() + " was to copy another trial of the function '" + name
                    + "', " + without(taken != null, behind));
        }
        endRun();
        checkpoint = taken.clone();
        sinceCheckpoint = 0;
        finished = false;
    }

    @Override
    public void configure(HyperParams changed) {
        if (changed.equals(config)) {
            return;
        }
        if (reports > 0 && sinceCheckpoint > 0) {
            throw new IllegalStateException(context.trialId() + " was to go on with " + changed + ", but the function '"
                    + name + "' starts anew with other hyperparameters, "
                    + without(checkpoint != null, sinceCheckpoint));
        }
        endRun();
        config = changed;
    }

    private static String without(boolean any, int behind) {
        return (any ? "and its newest checkpoint is " + behind + " reports old" : "and it has reported no checkpoint")
                + ". Call session.report(metrics, checkpoint) whenever a scheduler may copy or change the trial.";
    }

    private static Map<String, @Nullable Object> state(Map<String, byte[]> files) {
        byte[] state = files.get(STATE);
        if (state == null) {
            throw new IllegalArgumentException("The checkpoint has no file " + STATE + ", but " + files.keySet()
                    + ": it is not one of a function. Name a checkpoint of the same trainable.");
        }
        return Json.asObject(Json.parse(new String(state, StandardCharsets.UTF_8), STATE), STATE);
    }

    private void endRun() {
        FunctionRun running = run;
        run = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void close() {
        endRun();
    }
}
