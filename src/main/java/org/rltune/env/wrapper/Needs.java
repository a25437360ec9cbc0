package org.rltune.env.wrapper;

import java.util.Arrays;
import org.rltune.env.Env;
import org.rltune.env.RenderMode;
import org.rltune.env.TransformingWrapper;
import org.rltune.space.Box;
import org.rltune.space.Space;

/** What wrappers require of the spaces of the environment inside. */
final class Needs {
    private Needs() {}

    /** The space as a box of floats. */
    static Box box(String wrapper, String whose, Space<?> space) {
        if (space instanceof Box box) {
            return box;
        }
        throw unfit(wrapper, whose, space, "a Box");
    }

    /** A box of floats with two finite bounds for each element. */
    static Box bounded(String wrapper, String whose, Space<?> space) {
        Box box = box(wrapper, whose, space);
        for (int i = 0; i < box.size(); i++) {
            if (!box.bounded(i)) {
                throw new IllegalArgumentException(wrapper + " needs finite bounds for every element of the " + whose
                        + " space, but element " + i + " lies between " + box.low(i) + " and " + box.high(i)
                        + ". Clip or transform it first, with bounds of your own.");
            }
        }
        return box;
    }

    static IllegalArgumentException unfit(String wrapper, String whose, Space<?> space, String needed) {
        return new IllegalArgumentException(wrapper + " needs " + needed + " as " + whose
                + " space, but the environment has " + space + ". Put it around another environment, or a wrapper that"
                + " makes such a space between the two.");
    }

    /** Requires an environment that draws pictures. */
    static void pictures(String wrapper, Env<?, ?> env) {
        if (!env.renderModes().contains(RenderMode.RGB_ARRAY)) {
            throw new IllegalArgumentException(wrapper + " needs pictures, but "
                    + innermost(env).getClass().getName() + " draws none (render modes: " + env.renderModes()
                    + "). Override renderModes() and renderFrame() in it.");
        }
    }

    /** The environment without its wrappers. */
    static Env<?, ?> innermost(Env<?, ?> env) {
        return env instanceof TransformingWrapper<?, ?, ?, ?> wrapper ? wrapper.unwrapped() : env;
    }

    /** One bound for each element. */
    static double[] repeat(double value, int size) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }
}
