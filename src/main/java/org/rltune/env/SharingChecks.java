package org.rltune.env;

import java.util.ArrayList;
import java.util.List;
import org.rltune.random.Pcg64;

/** Checks that nothing is shared: not with the caller, and not with another environment. */
final class SharingChecks {
    private static final long SEED = 7;

    private SharingChecks() {}

    /** What was returned must not change later. */
    static <O, A> void observations(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        Pcg64 actions = new Pcg64(SEED);
        List<Held<O>> held = new ArrayList<>();
        ResetResult<O> first = env.reset(SEED);
        held.add(Held.of(env, "reset(" + SEED + ")", first.observation(), first.info()));
        for (int step = 1; step <= EpisodeChecks.STEPS; step++) {
            StepResult<O> result = env.step(env.actionSpace().sample(actions));
            held.add(Held.of(env, "step " + step, result.observation(), result.info()));
            if (result.ended()) {
                ResetResult<O> next = env.reset();
                held.add(Held.of(env, "reset()", next.observation(), next.info()));
            }
        }
        held.forEach(value -> value.check(run, env));
    }

    /** A returned value and what it was then. */
    private record Held<O>(String where, O observation, Object frozen, Object info, Object frozenInfo) {
        @SuppressWarnings("NullAway") // an info that is null was refused before
        static <O> Held<O> of(Env<O, ?> env, String where, O observation, Object info) {
            return new Held<>(
                    where,
                    observation,
                    FrozenValues.of(env.observationSpace(), observation),
                    info,
                    FrozenValues.copy(info));
        }

        void check(CheckRun<?, ?> run, Env<O, ?> env) {
            Object now = FrozenValues.of(env.observationSpace(), observation);
            if (!FrozenValues.equal(frozen, now)) {
                run.report(
                        EnvRule.OBSERVATION_REUSED,
                        where,
                        "the observation was " + FrozenValues.shown(frozen) + " and became " + FrozenValues.shown(now));
            }
            if (!FrozenValues.equal(frozenInfo, info)) {
                run.report(
                        EnvRule.OBSERVATION_REUSED,
                        where,
                        "the info was " + FrozenValues.shown(frozenInfo) + " and became " + FrozenValues.shown(info));
            }
        }
    }

    /** The caller may write over an action array after the step. */
    static <O, A> void actions(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        Trace<O, A> kept = Trace.play(env, SEED, EpisodeChecks.STEPS);
        Trace<O, A> reused = new Trace<>(env, SEED).reusingActions().reset(SEED).go(EpisodeChecks.STEPS);
        run.compare(EnvRule.ACTION_KEPT, "an action array written over after its step", kept, reused);
    }

    /** One environment is not changed by another one, nor by what that did before. */
    static <O, A> void instances(CheckRun<O, A> run) {
        Trace<O, A> alone = Trace.play(run.env(), SEED, EpisodeChecks.STEPS);
        Env<O, A> one = run.env();
        Env<O, A> other = run.env();
        Trace<O, A> here = new Trace<>(one, SEED).reset(SEED);
        Trace<O, A> there = new Trace<>(other, SEED + 1).reset(SEED + 1);
        for (int step = 0; step < EpisodeChecks.STEPS; step++) {
            here.go(1);
            there.go(1);
        }
        run.compare(EnvRule.INSTANCES_SHARE_STATE, "two environments stepped in turn", alone, here);
    }
}
