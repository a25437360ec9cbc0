package org.rltune.experiments;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;

/** Repeats a trace in the environment of the same name and counts where they differ. */
final class TraceReplay {
    private final Trace trace;
    private final TraceLimit limit;

    private int rows;
    private int mismatches;
    private int rowsBeyond;
    private int mismatchesBeyond;
    private double largestDifference;
    private @Nullable String fault;

    private boolean inScope;
    private boolean agreedSoFar;
    private boolean ended;
    private boolean seeded;
    private int step;

    private TraceReplay(Trace trace, TraceLimit limit) {
        this.trace = trace;
        this.limit = limit;
    }

    /**
     * What came out of it.
     *
     * @param rows rows that the limit covers
     * @param mismatches those of them whose observation differs in any bit
     * @param largestDifference largest absolute difference of an observation in them
     * @param rowsBeyond rows that the limit does not cover
     * @param mismatchesBeyond those of them that differ
     * @param fault the first thing that breaks the limit, or null
     */
    record Result(
            int rows,
            int mismatches,
            double largestDifference,
            int rowsBeyond,
            int mismatchesBeyond,
            @Nullable String fault) {
        double share() {
            return rows == 0 ? 1 : (double) (rows - mismatches) / rows;
        }
    }

    /** Replays. Throws {@link Trace.MalformedException} for values that do not fit the environment's spaces. */
    @SuppressWarnings("unchecked") // actions are read in the form of the environment's own space
    static Result run(Trace trace, TraceLimit limit) {
        EnvContext context = EnvContext.of(trace.config());
        // Unchecked: a recording may hold actions outside the space that its environment clipped.
        try (Env<Object, Object> env = (Env<Object, Object>) Envs.makeUnchecked(trace.env(), context)) {
            return new TraceReplay(trace, limit).replay(env);
        }
    }

    private Result replay(Env<Object, Object> env) {
        TraceValues observations = TraceValues.of(env.observationSpace());
        TraceValues actions = TraceValues.of(env.actionSpace());
        for (Trace.Row row : trace.rows()) {
            Object expected = parse(observations, row.observation(), row, "observation");
            String actionText = row.action();
            if (actionText == null) {
                inScope = true;
                agreedSoFar = true;
                ended = false;
                seeded = row.seed() != null;
                step = 0;
                Object actual = env.reset(row.seed(), Map.of()).observation();
                count(row, expected, observations.difference(expected, actual));
                continue;
            }
            step++;
            Object action = parse(actions, actionText, row, "action");
            if (ended) { // ours ended where the recorded one goes on: the rest of the episode is lost
                count(row, expected, Double.POSITIVE_INFINITY);
                continue;
            }
            StepResult<Object> actual = env.step(action);
            count(row, expected, observations.difference(expected, actual.observation()));
            ended = actual.ended();
            if (inScope) {
                checkFlags(row, actual);
                checkReward(row, actual.reward());
            }
        }
        double share = rows == 0 ? 1 : (double) (rows - mismatches) / rows;
        if (share < limit.exactShare()) {
            blame(String.format(
                    Locale.ROOT,
                    "%.3f %% of the rows agree bit for bit, at least %.1f %% must",
                    100 * share,
                    100 * limit.exactShare()));
        }
        return new Result(rows, mismatches, largestDifference, rowsBeyond, mismatchesBeyond, fault);
    }

    private void count(Trace.Row row, Object expected, double difference) {
        inScope = inScope && limit.scope().holds(new TraceLimit.Place(step, seeded, row.ended(), expected));
        boolean differs = difference != 0;
        agreedSoFar = agreedSoFar && !differs;
        if (!inScope) {
            rowsBeyond++;
            mismatchesBeyond += differs ? 1 : 0;
            return;
        }
        rows++;
        mismatches += differs ? 1 : 0;
        largestDifference = Math.max(largestDifference, difference);
        if (difference > limit.tolerance()) {
            blame("line " + row.line() + ": the observation differs by " + difference + ", at most " + limit.tolerance()
                    + " is allowed");
        }
    }

    private void checkFlags(Trace.Row row, StepResult<Object> actual) {
        if (actual.terminated() != row.terminated() || actual.truncated() != row.truncated()) {
            blame("line " + row.line() + ": terminated, truncated are " + actual.terminated() + ", "
                    + actual.truncated() + ", but " + row.terminated() + ", " + row.truncated() + " are recorded");
        }
    }

    private void checkReward(Trace.Row row, double actual) {
        double scale = Math.max(Math.abs(row.reward()), Math.abs(actual));
        // Written so that a NaN fails.
        boolean near = Math.abs(actual - row.reward()) <= limit.rewardTolerance() * scale;
        if (agreedSoFar && !near) {
            blame("line " + row.line() + ": the reward is " + actual + ", but " + row.reward() + " is recorded");
        }
    }

    private void blame(String what) {
        if (fault == null) {
            fault = what;
        }
    }

    private Object parse(TraceValues form, String text, Trace.Row row, String name) {
        try {
            return form.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Trace.MalformedException(trace.file(), row.line(), name + " '" + text + "': " + e.getMessage());
        }
    }
}
