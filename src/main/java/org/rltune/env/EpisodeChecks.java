package org.rltune.env;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/** Checks of reset and step: what they return, and that chance comes from the seed alone. */
final class EpisodeChecks {
    static final int STEPS = 60;
    private static final long SEED = 123;
    private static final long OTHER_SEED = 456;
    /** Where an episode begins with the toss of a coin, so many seeds are all alike once in a million. */
    private static final int OTHER_SEEDS = 20;

    private EpisodeChecks() {}

    /** Plays and looks at every answer; returns whether nothing stood in the way of further checks. */
    static <O, A> boolean answers(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        Pcg64 actions = new Pcg64(SEED);
        boolean limited = env.spec().isPresent(); // then TimeLimit may add its flag to the task's own end
        boolean ended = true;
        int inEpisode = 0;
        for (int step = 1; step <= STEPS; step++) {
            if (ended) {
                if (!begin(run, env, step == 1 ? SEED : null)) {
                    return false;
                }
                inEpisode = 0;
            }
            A action = env.actionSpace().sample(actions);
            String where = "step " + step;
            Object before = FrozenValues.of(env.actionSpace(), action);
            StepHolder<O> held = new StepHolder<>();
            if (!run.attempt(EnvRule.STEP_FAILS, where, () -> held.result = env.step(action))) {
                return false;
            }
            StepResult<O> result = held.result;
            if (result == null) {
                run.report(EnvRule.RESULT_NULL, where, "the result is null");
                return false;
            }
            if (!observed(run, env, where, result.observation(), result.info())) {
                return false;
            }
            if (!FrozenValues.equal(before, FrozenValues.of(env.actionSpace(), action))) {
                run.report(
                        EnvRule.ACTION_CHANGED,
                        where,
                        "the action was " + FrozenValues.shown(before) + " before and is "
                                + FrozenValues.shown(action));
            }
            if (!Double.isFinite(result.reward())) {
                run.report(EnvRule.REWARD_NOT_FINITE, where, "the reward is " + result.reward());
            }
            inEpisode++;
            if (result.truncated() && inEpisode == 1) {
                run.report(EnvRule.TRUNCATED_AT_ONCE, where, "the first step of the episode is truncated");
            }
            if (result.terminated() && result.truncated() && !limited) {
                run.report(EnvRule.BOTH_ENDED, where, "terminated and truncated are true");
            }
            ended = result.ended();
        }
        return true;
    }

    /** Carries the result out of a lambda. */
    private static final class StepHolder<O> {
        private @Nullable StepResult<O> result;
    }

    private static <O, A> boolean begin(CheckRun<O, A> run, Env<O, A> env, @Nullable Long seed) {
        String where = seed == null ? "reset()" : "reset(" + seed + ")";
        boolean[] fine = {true};
        boolean worked = run.attempt(EnvRule.RESET_FAILS, where, () -> {
            ResetResult<O> result = env.reset(seed, Map.of());
            if (result == null) {
                run.report(EnvRule.RESULT_NULL, where, "the result is null");
                fine[0] = false;
            } else {
                fine[0] = observed(run, env, where, result.observation(), result.info());
            }
        });
        return worked && fine[0];
    }

    private static boolean observed(
            CheckRun<?, ?> run, Env<?, ?> env, String where, @Nullable Object observation, @Nullable Object info) {
        if (observation == null || info == null) {
            run.report(
                    EnvRule.RESULT_NULL, where, "the " + (observation == null ? "observation" : "info") + " is null");
            return false;
        }
        String wrong = env.observationSpace().violationOf(observation);
        if (wrong != null) {
            run.report(EnvRule.OBSERVATION_OUTSIDE, where, wrong);
            // Values of a wrong type or size cannot be compared later on; values out of bounds can.
            return env.observationSpace().valueType().isInstance(observation) && comparable(env, observation);
        }
        return true;
    }

    @SuppressWarnings("unchecked") // the type was looked at before
    private static <T> boolean comparable(Env<T, ?> env, Object observation) {
        try {
            FrozenValues.of(env.observationSpace(), (T) observation);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Seeds: 123, none, 123, none; another seed; and again after other episodes. */
    static <O, A> void determinism(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        Trace<O, A> first = new Trace<>(env, SEED).reset(SEED).reset(null);
        run.compare(
                EnvRule.RESET_NOT_DETERMINISTIC,
                "reset(123), reset(), reset(123), reset()",
                first,
                new Trace<>(env, SEED).reset(SEED).reset(null));
        if (!run.keeps(EnvRule.RESET_NOT_DETERMINISTIC)) {
            return;
        }
        Trace<O, A> played = Trace.play(env, SEED, STEPS);
        Trace.play(env, OTHER_SEED, STEPS);
        Trace<O, A> again = Trace.play(env, SEED, STEPS);
        run.compare(EnvRule.STEP_NOT_DETERMINISTIC, "the same episode again", played, again);
        if (played.difference(again) == null) {
            seedIgnored(run, env);
        }
    }

    /** Chance is there when two episodes that go on with one generator differ; then seeds must differ, too. */
    private static <O, A> void seedIgnored(CheckRun<O, A> run, Env<O, A> env) {
        Trace<O, A> seeded = new Trace<>(env, SEED).reset(SEED).go(STEPS);
        Trace<O, A> next = new Trace<>(env, SEED).reset(null).go(STEPS);
        if (!seeded.differs(next)) {
            return;
        }
        for (int i = 0; i < OTHER_SEEDS; i++) {
            if (seeded.differs(new Trace<>(env, SEED).reset(OTHER_SEED + i).go(STEPS))) {
                return;
            }
        }
        run.report(
                EnvRule.SEED_IGNORED,
                "reset(123) and reset(456) to reset(475)",
                "all begin the same episode, while reset() begins another");
    }

    /** Resets that must work, and those that should be refused. */
    static <O, A> void resets(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        run.attempt(
                EnvRule.RESET_FAILS, "reset(null, Map.of()) without a seed before", () -> env.reset(null, Map.of()));
        if (!run.refuses(EnvRule.NEGATIVE_SEED, "reset(-1)", IllegalArgumentException.class, () -> env.reset(-1))) {
            run.report(EnvRule.NEGATIVE_SEED, "reset(-1)", "it is accepted");
        }
        Map<String, Object> options = Map.of("no such option", 1);
        if (!run.refuses(
                EnvRule.OPTION_IGNORED,
                "reset(1, {no such option=1})",
                IllegalArgumentException.class,
                () -> env.reset(1L, options))) {
            run.report(EnvRule.OPTION_IGNORED, "reset(1, {no such option=1})", "it is accepted");
        }
    }
}
