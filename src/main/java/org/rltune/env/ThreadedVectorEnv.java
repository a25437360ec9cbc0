package org.rltune.env;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Seeds;

/**
 * Environments that are stepped by several threads, each its own part, always the same one; the caller's thread steps the
 * first part and waits for the others. The results do not depend on the number of threads; where several environments
 * fail in one step, the error is that of the first of them.
 */
public final class ThreadedVectorEnv extends BatchVectorEnv {
    private final StepTeam team;
    private float[] action = {};
    private @Nullable VectorStep out;

    ThreadedVectorEnv(
            EnvBatch batch, VectorPlace place, AutoresetMode mode, int limit, @Nullable Seeds seeds, int threads) {
        super(batch, place, mode, limit, seeds);
        Check.atLeast("threads", threads, 1);
        team = new StepTeam(Math.min(threads, batch.numEnvs()), this::stepPart);
    }

    /** Threads that step, the caller's included. */
    public int threads() {
        return team.size();
    }

    @Override
    void stepSlices(float[] action, VectorStep out) {
        this.action = action;
        this.out = out;
        team.run();
    }

    private void stepPart(int part) {
        int from = (int) ((long) numEnvs() * part / team.size());
        int to = (int) ((long) numEnvs() * (part + 1) / team.size());
        stepSlice(from, to, action, Objects.requireNonNull(out));
    }

    @Override
    public void close() {
        team.close();
        super.close();
    }
}
