package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.nn.Workspace;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Space;

/** A GPU by the same code; where there is none, that it is said. */
final class DjlGpuTest {
    private static final Space<?> IMAGES = ArrayBox.uint8(0, 255, 20, 20, 3);
    private static final ModelConfig MODEL = DjlConvTest.model("small", List.of(32), false);

    private static boolean gpu() {
        Engine engine = Torch.engine();
        return engine.hasCapability("CUDA") && engine.getGpuCount() > 0;
    }

    private static DjlActorCritic on(int gpus) {
        return DjlNetworks.create(MODEL, new NetworkSize(1200, 3, 0), IMAGES, 0, gpus, new Pcg64(2));
    }

    @Test
    void withoutAGpuNumGpusIsRefusedWithTheRemedy() {
        assumeTrue(!gpu(), "There is a GPU that this libtorch can use, so nothing is refused.");
        assertThatThrownBy(() -> on(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("num_gpus is 1, but PyTorch 2.7.1")
                .hasMessageContaining("Set num_gpus to 0, or PYTORCH_LIBRARY_PATH to an installed libtorch 2.7.1");
    }

    @Test
    void agreesWithTheProcessor() {
        assumeTrue(
                gpu(),
                "No GPU that this libtorch can use, so nothing was run on one. Set PYTORCH_LIBRARY_PATH to a libtorch 2.7.1 with"
                        + " CUDA on a machine that has one.");
        int rows = 50;
        float[] pixels = new float[rows * 1200];
        Pcg64 random = new Pcg64(3);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.uniform(0, 1);
        }
        DjlActorCritic[] networks = {on(0), on(1)};
        Workspace[] w = new Workspace[2];
        for (int k = 0; k < 2; k++) {
            w[k] = networks[k].workspace(64);
            for (int version = 1; version < 3; version++) {
                Arrays.fill(networks[k].parameters(), 0, 100, 0.01f * version); // a second upload
                w[k].parametersVersion = version;
                networks[k].forward(w[k], pixels, 0, rows);
            }
            for (int i = 0; i < rows; i++) {
                w[k].policyGradient[i] = (i % 7) / 7f;
                w[k].valueGradient[i] = (i % 5) / 5f;
            }
            networks[k].backward(w[k], pixels, 0, rows);
        }
        float largest = 0;
        for (float g : w[0].gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        for (int i = 0; i < rows; i++) {
            assertThat(w[1].value[i]).isCloseTo(w[0].value[i], within(1e-3f));
        }
        for (int p = 0; p < w[0].gradient.length; p++) {
            // A GPU may multiply with fewer bits (TF32).
            assertThat(Math.abs(w[1].gradient[p] - w[0].gradient[p])).isLessThan(5e-3f * largest);
        }
    }
}
