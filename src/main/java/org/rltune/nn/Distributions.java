package org.rltune.nn;

import org.jspecify.annotations.Nullable;

/** What the distributions share. */
final class Distributions {
    private Distributions() {}

    /** The inputs of the old distribution, which a KL term cannot do without. */
    static float[] needed(float @Nullable [] oldInputs, float klScale) {
        if (oldInputs == null) {
            throw new IllegalArgumentException("oldInputs is null, but klScale is " + klScale
                    + ": the gradient of KL(old || new) needs the old inputs. Pass them, or a klScale of 0.");
        }
        return oldInputs;
    }
}
