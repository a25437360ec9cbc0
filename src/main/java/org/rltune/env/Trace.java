package org.rltune.env;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/** Plays an environment with random actions and remembers all that it answers. */
final class Trace<O, A> {
    /** What one call answered, frozen. */
    private record Answer(
            String call,
            @Nullable Object observation,
            double reward,
            boolean terminated,
            boolean truncated,
            @Nullable Object info) {}

    private final Env<O, A> env;
    private final Pcg64 actions;
    private final List<Answer> answers = new ArrayList<>();
    private boolean reuseActions;
    private boolean ended = true;
    private int steps;

    /** Begins nothing yet; the actions come from this seed. */
    Trace(Env<O, A> env, long actionSeed) {
        this.env = env;
        this.actions = new Pcg64(actionSeed);
    }

    /** Resets with a seed, takes steps, and resets without one after each end. */
    static <O, A> Trace<O, A> play(Env<O, A> env, long seed, int steps) {
        return new Trace<>(env, seed).reset(seed).go(steps);
    }

    /** Continues an environment in the middle of an episode, or after its end. */
    static <O, A> Trace<O, A> resume(Env<O, A> env, boolean ended, long actionSeed, int steps) {
        Trace<O, A> trace = new Trace<>(env, actionSeed);
        trace.ended = ended;
        return trace.go(steps);
    }

    /** Overwrites every action array after its step, as a caller may. */
    Trace<O, A> reusingActions() {
        reuseActions = true;
        return this;
    }

    Trace<O, A> reset(@Nullable Long seed) {
        ResetResult<O> result = seed == null ? env.reset() : env.reset(seed);
        ended = false;
        answers.add(new Answer(
                seed == null ? "reset()" : "reset(" + seed + ")",
                FrozenValues.of(env.observationSpace(), result.observation()),
                0,
                false,
                false,
                FrozenValues.copy(result.info())));
        return this;
    }

    Trace<O, A> go(int count) {
        for (int i = 0; i < count; i++) {
            if (ended) {
                reset(null);
            }
            A action = env.actionSpace().sample(actions);
            StepResult<O> result = env.step(action);
            steps++;
            if (reuseActions) {
                overwrite(action, env.actionSpace().sample(new Pcg64(steps)));
            }
            ended = result.ended();
            answers.add(new Answer(
                    "step " + steps,
                    FrozenValues.of(env.observationSpace(), result.observation()),
                    result.reward(),
                    result.terminated(),
                    result.truncated(),
                    FrozenValues.copy(result.info())));
        }
        return this;
    }

    private static void overwrite(Object action, Object other) {
        if (action.getClass().isArray() && other.getClass() == action.getClass()) {
            int length = Math.min(Array.getLength(action), Array.getLength(other));
            System.arraycopy(other, 0, action, 0, length);
        }
    }

    boolean ended() {
        return ended;
    }

    /** The first difference in words, or null where both are equal. */
    @Nullable
    String difference(Trace<?, ?> other) {
        for (int i = 0; i < Math.min(answers.size(), other.answers.size()); i++) {
            Answer a = answers.get(i);
            Answer b = other.answers.get(i);
            String what = difference(a, b);
            if (what != null) {
                return "at " + a.call() + " " + what;
            }
        }
        return answers.size() == other.answers.size() ? null : "one goes on where the other ends";
    }

    /** Whether they differ in what was answered, by whatever reset they began. */
    boolean differs(Trace<?, ?> other) {
        if (answers.size() != other.answers.size()) {
            return true;
        }
        for (int i = 0; i < answers.size(); i++) {
            if (difference(answers.get(i), other.answers.get(i)) != null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String difference(Answer a, Answer b) {
        if (!FrozenValues.equal(a.observation(), b.observation())) {
            return different("observation", a.observation(), b.observation());
        }
        if (Double.doubleToLongBits(a.reward()) != Double.doubleToLongBits(b.reward())) {
            return different("reward", a.reward(), b.reward());
        }
        if (a.terminated() != b.terminated()) {
            return different("flag terminated", a.terminated(), b.terminated());
        }
        if (a.truncated() != b.truncated()) {
            return different("flag truncated", a.truncated(), b.truncated());
        }
        return FrozenValues.equal(a.info(), b.info()) ? null : different("info", a.info(), b.info());
    }

    private static String different(String name, @Nullable Object a, @Nullable Object b) {
        return "the " + name + " is " + FrozenValues.shown(a) + " one time and " + FrozenValues.shown(b) + " the other";
    }
}
