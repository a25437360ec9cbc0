package org.rltune.env;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/** Checks of the two spaces: that they are there and stay the same, and whether their bounds make sense. */
final class SpaceChecks {
    private static final int LEAST_IMAGE_SIDE = 8;

    private SpaceChecks() {}

    /** Returns whether both spaces are there. */
    static <O, A> boolean run(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        Space<?> observation = declared(run, "observationSpace()", env::observationSpace);
        Space<?> action = declared(run, "actionSpace()", env::actionSpace);
        if (observation == null || action == null) {
            return false;
        }
        if (run.copies()) {
            Env<O, A> other = run.env();
            same(run, "observationSpace() of a second environment", observation, other.observationSpace());
            same(run, "actionSpace() of a second environment", action, other.actionSpace());
        }
        limits(run, "observationSpace()", observation, false);
        limits(run, "actionSpace()", action, true);
        return true;
    }

    private static @Nullable Space<?> declared(CheckRun<?, ?> run, String where, Supplier<@Nullable Space<?>> getter) {
        Space<?>[] found = new Space<?>[1];
        boolean worked = run.attempt(EnvRule.SPACE_MISSING, where, () -> {
            Space<?> space = getter.get();
            if (space == null) {
                run.report(EnvRule.SPACE_MISSING, where, "it is null");
                return;
            }
            same(run, where, space, getter.get());
            found[0] = space;
        });
        return worked ? found[0] : null;
    }

    private static void same(CheckRun<?, ?> run, String where, Space<?> first, @Nullable Space<?> second) {
        if (!first.equals(second)) {
            run.report(EnvRule.SPACE_CHANGES, where, "it is " + first + " one time and " + second + " the other");
        }
    }

    private static void limits(CheckRun<?, ?> run, String where, Space<?> space, boolean action) {
        if (space instanceof Tuple tuple) {
            for (int i = 0; i < tuple.spaces().size(); i++) {
                limits(run, where + "[" + i + "]", tuple.spaces().get(i), action);
            }
        } else if (space instanceof Dict dict) {
            dict.spaces().forEach((key, part) -> limits(run, where + "." + key, part, action));
        } else if (space instanceof Box box) {
            box(run, where, box, action);
            image(run, where, box, box.shape(), false);
        } else if (space instanceof ArrayBox<?> box) {
            boolean bytes = box.dtype() == DType.UINT8 && box.equals(ArrayBox.uint8(0, 255, box.shape()));
            image(run, where, box, box.shape(), bytes);
        }
    }

    private static void box(CheckRun<?, ?> run, String where, Box box, boolean action) {
        boolean normal = true;
        for (int i = 0; i < box.size(); i++) {
            float low = box.low(i);
            float high = box.high(i);
            if (low == high) {
                run.report(EnvRule.SPACE_EQUAL_BOUNDS, where, "both bounds of element " + i + " are " + low);
            }
            if (!box.bounded(i)) {
                run.report(EnvRule.SPACE_INFINITE, where, "element " + i + " lies between " + low + " and " + high);
            }
            // As Gymnasium: [-b, b] or [0, b], and nothing beyond 1.
            normal &= (low == 0 || Math.abs(low) == Math.abs(high)) && low >= -1 && high <= 1;
        }
        if (action && !normal && box.shape().length == 1) {
            run.report(EnvRule.ACTION_NOT_NORMALISED, where, "it is " + box);
        }
    }

    private static void image(CheckRun<?, ?> run, String where, Space<?> space, int[] shape, boolean bytes) {
        boolean looksLikeOne = shape.length == 3
                && shape[0] >= LEAST_IMAGE_SIDE
                && shape[1] >= LEAST_IMAGE_SIDE
                && (shape[2] == 1 || shape[2] == 3 || shape[2] == 4);
        if (looksLikeOne && !bytes) {
            run.report(
                    EnvRule.IMAGE_SPACE,
                    where,
                    "its shape is that of an image, but it is " + FrozenValues.shown(space));
        }
    }
}
