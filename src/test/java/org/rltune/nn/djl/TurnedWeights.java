package org.rltune.nn.djl;

import org.rltune.nn.Mlp;
import org.rltune.nn.ParameterSegment;

/** The parameters of an {@link Mlp} in the order of a DJL network of that shape: hidden weights are turned, the rest is the same. */
public final class TurnedWeights {
    private TurnedWeights() {}

    /** Returns numbers laid out as the parameters of {@code mlp}, laid out as those of a DJL network. */
    public static float[] toDjl(Mlp mlp, float[] numbers) {
        float[] turned = numbers.clone();
        for (ParameterSegment segment : mlp.segments()) {
            if (segment.name().contains(".hidden.") && segment.name().endsWith(".weight")) {
                for (int i = 0; i < segment.rows(); i++) {
                    for (int o = 0; o < segment.columns(); o++) {
                        turned[segment.offset() + o * segment.rows() + i] =
                                numbers[segment.offset() + i * segment.columns() + o];
                    }
                }
            }
        }
        return turned;
    }
}
