package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class ProductTest extends ActionDistributionContract {
    private static final Product MIXED =
            new Product(List.of(new DiagGaussian(2), new Categorical(3), new Beta(1), new SquashedGaussian(1)));

    @Override
    protected List<ActionDistribution> distributions() {
        return List.of(new Product(List.of(new Categorical(2), new Categorical(4))), MIXED);
    }

    @Override
    protected float[] actions(ActionDistribution d, float[] inputs, int stride, int rows, Pcg64 random) {
        float[] actions = new float[stride * d.actionSize()];
        int at = 0;
        for (ActionDistribution part : ((Product) d).parts()) {
            for (int j = 0; j < part.actionSize(); j++, at++) {
                for (int i = 0; i < rows; i++) {
                    actions[at * stride + i] = part instanceof Categorical choice
                            ? random.nextInt(choice.n())
                            : (float) random.uniform(0.05, 0.95);
                }
            }
        }
        return actions;
    }

    @Test
    void logStandardDeviationsStandLast() {
        assertThat(MIXED.inputs()).isEqualTo(2 + 3 + 2 + 1 + 3);
        assertThat(MIXED.logStds()).isEqualTo(3);
        assertThat(MIXED.actionSize()).isEqualTo(5);
        // Means 1 and 2, logits, two numbers of Beta, mean -3, three log std.
        float[] inputs = {1, 2, 0, 5, 0, 0, 0, -3, 0, 0, 0};
        float[] mode = new float[5];
        MIXED.mode(MIXED.scratch(1), inputs, 1, 1, mode, 0);
        assertThat(mode).containsExactly(1f, 2f, 1f, 0.5f, -3f);
    }

    @Test
    void onePartIsItself() {
        assertThat(ActionDistribution.product(List.of(new Categorical(4)))).isEqualTo(new Categorical(4));
        assertThatThrownBy(() -> new Product(List.of(new Categorical(4)))).hasMessageContaining("number of parts");
    }
}
