package org.rltune.env;

import java.util.Arrays;
import java.util.Optional;

/** Checks that a snapshot, and repeating the seed and the actions, continue with the same bits. */
final class ContinuationChecks {
    private static final long SEED = 5;
    private static final int BEFORE = 25;
    private static final int AFTER = 40;

    private ContinuationChecks() {}

    static <O, A> void snapshot(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        Trace<O, A> untouched = Trace.play(env, SEED, BEFORE + AFTER);
        Trace<O, A> interrupted = Trace.play(env, SEED, BEFORE);
        boolean ended = interrupted.ended();
        Optional<byte[]> taken = env.snapshot();
        if (taken.isEmpty()) {
            refused(run, env, RuntimeException.class, new byte[] {1, 2, 3});
            return;
        }
        byte[] kept = taken.get().clone();
        run.compare(EnvRule.SNAPSHOT_DIFFERS, "the episode in which it was taken", untouched, interrupted.go(AFTER));
        if (!Arrays.equals(taken.get(), kept)) {
            run.report(EnvRule.SNAPSHOT_DIFFERS, "snapshot()", "the bytes change while the environment goes on");
        }
        Trace.play(env, SEED, BEFORE);
        Trace<O, A> expected = Trace.resume(env, ended, SEED, AFTER);
        env.restore(kept);
        run.compare(
                EnvRule.SNAPSHOT_DIFFERS,
                "restore() in the same environment",
                expected,
                Trace.resume(env, ended, SEED, AFTER));
        Env<O, A> other = run.env();
        Trace.play(other, SEED + 1, 3); // what it lived through must not matter
        other.restore(kept);
        run.compare(
                EnvRule.SNAPSHOT_DIFFERS,
                "restore() in another environment",
                expected,
                Trace.resume(other, ended, SEED, AFTER));
        for (byte[] wrong : new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(kept, kept.length - 1)}) {
            refused(run, other, IllegalArgumentException.class, wrong);
        }
    }

    private static <O, A> void refused(
            CheckRun<O, A> run, Env<O, A> env, Class<? extends RuntimeException> expected, byte[] wrong) {
        String where = "restore() of bytes that snapshot() did not return";
        if (!run.refuses(EnvRule.SNAPSHOT_UNCHECKED, where, expected, () -> env.restore(wrong))) {
            run.report(EnvRule.SNAPSHOT_UNCHECKED, where, "it accepts " + wrong.length + " bytes");
        }
    }

    static <O, A> void replay(CheckRun<O, A> run) {
        EpisodeReplay<O, A> env = new EpisodeReplay<>(run.env());
        boolean ended = Trace.play(env, SEED, BEFORE).ended();
        byte[] taken = env.snapshot().orElseThrow();
        Trace<O, A> expected = Trace.resume(env, ended, SEED, AFTER);
        EpisodeReplay<O, A> other = new EpisodeReplay<>(run.env());
        Trace.play(other, SEED + 1, 3);
        other.restore(taken);
        run.compare(
                EnvRule.REPLAY_DIFFERS,
                "the seed and the actions repeated in another environment",
                expected,
                Trace.resume(other, ended, SEED, AFTER));
    }
}
