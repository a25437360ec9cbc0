package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.nn.Activation;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.MemoryContract;
import org.rltune.nn.Numbers;
import org.rltune.nn.ReferenceLstm;
import org.rltune.nn.Workspace;
import org.rltune.policy.ConvFilters;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;

/** LSTMs on DJL keep the contract of networks with memory, and agree with the reference in plain Java. */
class DjlLstmTest extends MemoryContract {
    private static final int FEATURES = 3;
    private static final int ACTIONS = 2;
    private static final int CELL = 6;

    private static DjlActorCritic make(List<Integer> hiddens, boolean shared, long seed) {
        return make(hiddens, shared, seed, 0);
    }

    private static DjlActorCritic make(List<Integer> hiddens, boolean shared, long seed, int gpus) {
        ModelConfig model = new ModelConfig(
                hiddens,
                Activation.TANH,
                shared,
                ConvFilters.NONE,
                Activation.RELU,
                List.of(),
                Activation.RELU,
                CELL,
                "",
                Map.of());
        return DjlNetworks.create(
                model, new NetworkSize(FEATURES, ACTIONS, 0), Box.of(-1, 1, FEATURES), 0, gpus, new Pcg64(seed));
    }

    @Override
    protected ActorCritic network(long seed) {
        // Odd seeds have two cells, and even ones share one.
        DjlActorCritic network = make(List.of(5), seed % 2 == 0, seed);
        float[] drawn = Numbers.uniform(network.parameters().length, 0.6, new Pcg64(seed));
        System.arraycopy(drawn, 0, network.parameters(), 0, drawn.length);
        return network;
    }

    @Override
    protected double tolerance() {
        return 1e-5;
    }

    private static float[] rows(ActorCritic network, int count, Pcg64 random) {
        float[] rows = Numbers.uniform(count * network.observationSize(), 1, random);
        for (int i = 0; i < count; i++) {
            rows[(i + 1) * network.observationSize() - 1] = i == 0 || i == 7 || i == 8 ? 1 : 0;
        }
        return rows;
    }

    private static void assertClose(float[] actual, float[] expected, String what) {
        double largest = 0;
        for (float x : expected) {
            largest = Math.max(largest, Math.abs(x));
        }
        assertThat(largest).isPositive();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("%s[%d]", what, i).isCloseTo(expected[i], within(1e-5 * largest));
        }
    }

    @Test
    void agreesWithTheReferenceInOutputsGradientsAndStates() {
        long seed = 81;
        for (List<Integer> hiddens : List.of(List.<Integer>of(), List.of(5), List.of(9, 4))) {
            for (boolean sequences : new boolean[] {true, false}) {
                Pcg64 random = new Pcg64(seed);
                ReferenceLstm reference = new ReferenceLstm(FEATURES, hiddens, CELL, ACTIONS, random);
                DjlActorCritic network = make(hiddens, true, 1);
                assertThat(network.observationSize()).isEqualTo(reference.observationSize());
                assertThat(network.parameters()).hasSameSizeAs(reference.parameters());
                System.arraycopy(reference.parameters(), 0, network.parameters(), 0, reference.parameters().length);
                int count = 20;
                float[] rows = rows(network, count, random);
                Workspace ours = network.workspace(count);
                Workspace theirs = reference.workspace(count);
                for (Workspace w : new Workspace[] {ours, theirs}) {
                    w.sequences = sequences;
                    Pcg64 pull = new Pcg64(seed + 1);
                    Numbers.fill(w.policyGradient, 1, pull);
                    Numbers.fill(w.valueGradient, 1, pull);
                }
                network.forward(ours, rows, 0, count);
                reference.forward(theirs, rows, 0, count);
                assertClose(ours.policy, theirs.policy, "policy");
                assertClose(ours.value, theirs.value, "value");
                if (!sequences) {
                    assertClose(ours.state, theirs.state, "state");
                }
                network.backward(ours, rows, 0, count);
                reference.backward(theirs, rows, 0, count);
                assertClose(ours.gradient, theirs.gradient, "gradient of " + hiddens);
            }
        }
    }

    /** With vf_share_layers false the policy and the value remember by themselves: two references side by side. */
    @Test
    void twoCellsAreTwoNetworks() {
        long seed = 82;
        Pcg64 random = new Pcg64(seed);
        ReferenceLstm policy = new ReferenceLstm(FEATURES, List.of(5), CELL, ACTIONS, random);
        ReferenceLstm value = new ReferenceLstm(FEATURES, List.of(5), CELL, ACTIONS, random);
        DjlActorCritic network = make(List.of(5), false, 1);
        assertThat(network.stateSize()).isEqualTo(4 * CELL);
        int body = policy.parameters().length - 3 * (CELL + 1);
        int policyEnd = body + 2 * (CELL + 1);
        System.arraycopy(policy.parameters(), 0, network.parameters(), 0, policyEnd);
        System.arraycopy(value.parameters(), 0, network.parameters(), policyEnd, body);
        System.arraycopy(value.parameters(), policyEnd, network.parameters(), policyEnd + body, CELL + 1);
        int count = 20;
        float[] rows = rows(network, count, random);
        Workspace both = network.workspace(count);
        network.forward(both, rows, 0, count);
        float[] states = both.state.clone();
        both.sequences = true;
        network.forward(both, rows, 0, count);
        for (int part = 0; part < 2; part++) {
            ReferenceLstm reference = part == 0 ? policy : value;
            float[] own = new float[count * reference.observationSize()];
            for (int i = 0; i < count; i++) {
                int from = i * network.observationSize();
                int to = i * reference.observationSize();
                System.arraycopy(rows, from, own, to, FEATURES);
                System.arraycopy(rows, from + FEATURES + part * 2 * CELL, own, to + FEATURES, 2 * CELL);
                own[to + FEATURES + 2 * CELL] = rows[from + FEATURES + 4 * CELL];
            }
            Workspace w = reference.workspace(count);
            reference.forward(w, own, 0, count);
            float[] state = new float[count * 2 * CELL];
            for (int i = 0; i < count; i++) {
                System.arraycopy(states, i * 4 * CELL + part * 2 * CELL, state, i * 2 * CELL, 2 * CELL);
            }
            assertClose(state, w.state, "state " + part);
            w.sequences = true;
            reference.forward(w, own, 0, count);
            assertClose(part == 0 ? both.policy : both.value, part == 0 ? w.policy : w.value, "output " + part);
        }
    }

    @Test
    void startsWithAnOrthogonalCellAndZeroBiases() {
        DjlActorCritic network = make(List.of(), true, 5);
        float[] weights = network.parameters();
        // 4 gates of 6 numbers over 3 features: the columns are orthonormal.
        for (int a = 0; a < FEATURES; a++) {
            for (int b = 0; b < FEATURES; b++) {
                double dot = 0;
                for (int j = 0; j < 4 * CELL; j++) {
                    dot += weights[j * FEATURES + a] * weights[j * FEATURES + b];
                }
                assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-5));
            }
        }
        int biases = 4 * CELL * (FEATURES + CELL);
        assertThat(Arrays.copyOfRange(weights, biases, biases + 8 * CELL)).containsOnly(0f);
    }

    @Test
    void aDescriptionBringsItBack() {
        DjlActorCritic network = make(List.of(5), false, 6);
        ActorCritic again =
                DjlNetworks.restore(network.describe(), Box.of(-1, 1, FEATURES), network.parameters().length);
        System.arraycopy(network.parameters(), 0, again.parameters(), 0, again.parameters().length);
        float[] rows = rows(network, 12, new Pcg64(7));
        Workspace one = network.workspace(12);
        Workspace two = again.workspace(12);
        network.forward(one, rows, 0, 12);
        again.forward(two, rows, 0, 12);
        assertThat(two.policy).isEqualTo(one.policy);
        assertThat(two.value).isEqualTo(one.value);
        assertThat(two.state).isEqualTo(one.state);
        assertThatThrownBy(() -> DjlNetworks.restore(
                        network.describe(), Box.of(-1, 1, FEATURES), network.parameters().length - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights");
    }

    @Test
    void agreesWithTheProcessorOnAGpu() {
        assumeTrue(
                Torch.engine().hasCapability("CUDA") && Torch.engine().getGpuCount() > 0,
                "No GPU that this libtorch can use, so nothing was run on one. Set PYTORCH_LIBRARY_PATH to a libtorch 2.7.1 with"
                        + " CUDA on a machine that has one.");
        int count = 20;
        Workspace[] w = new Workspace[2];
        for (int gpus = 0; gpus < 2; gpus++) {
            DjlActorCritic network = make(List.of(5), false, 10, gpus);
            float[] rows = rows(network, count, new Pcg64(11));
            w[gpus] = network.workspace(count);
            network.forward(w[gpus], rows, 0, count);
            w[gpus].sequences = true;
            Numbers.fill(w[gpus].valueGradient, 1, new Pcg64(12));
            Numbers.fill(w[gpus].policyGradient, 1, new Pcg64(13));
            network.forward(w[gpus], rows, 0, count);
            network.backward(w[gpus], rows, 0, count);
        }
        for (float[][] pair :
                new float[][][] {{w[1].state, w[0].state}, {w[1].value, w[0].value}, {w[1].gradient, w[0].gradient}}) {
            assertThat(pair[0]).hasSameSizeAs(pair[1]);
            for (int i = 0; i < pair[0].length; i++) {
                // A GPU may multiply with fewer bits (TF32).
                assertThat(pair[0][i]).isCloseTo(pair[1][i], within(5e-3f));
            }
        }
    }

    @Test
    void leaksNothing() {
        DjlActorCritic network = make(List.of(5), false, 8);
        DjlWorkspace w = (DjlWorkspace) network.workspace(20);
        w.sequences = true;
        float[] rows = rows(network, 20, new Pcg64(9));
        Arrays.fill(w.valueGradient, 1f);
        int held = 0;
        for (int i = 0; i < 300; i++) {
            network.forward(w, rows, 0, 20);
            network.backward(w, rows, 0, 20);
            network.forward(w, rows, 0, 6);
            network.forwardPolicy(w, rows, 0, 6);
            held = i == 0 ? w.arrays() : held;
        }
        assertThat(w.arrays()).isEqualTo(held);
    }
}
