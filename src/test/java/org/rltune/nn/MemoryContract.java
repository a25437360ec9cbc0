package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** What every network with memory does. */
public abstract class MemoryContract {
    private static final long SEED = 41;

    /** A network with some memory, its parameters drawn from this seed. */
    protected abstract ActorCritic network(long seed);

    /** How far two ways to the same number may lie apart, in parts of the largest. */
    protected double tolerance() {
        return 1e-6;
    }

    private final Pcg64 random = new Pcg64(SEED);

    /** Rows of a sequence with random observations and states; the first begins. */
    private float[] sequence(ActorCritic network, int length) {
        float[] rows = Numbers.uniform(length * network.observationSize(), 1, random);
        for (int i = 0; i < length; i++) {
            rows[(i + 1) * network.observationSize() - 1] = i == 0 ? 1 : 0;
        }
        return rows;
    }

    private static float[] concatenate(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** What a call in training comes to: outputs row by row, policy then value, and the gradient. */
    private record Result(float[][] outputs, float[] gradient) {}

    /** Runs rows forward and backward; the gradient of output {@code j} of row {@code i} is {@code pull[i][j]}. */
    private static Result train(ActorCritic network, float[] rows, float[][] pull) {
        int count = rows.length / network.observationSize();
        Workspace w = network.workspace(count + 3);
        w.sequences = true;
        network.forward(w, rows, 0, count);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < network.policyOutputs(); j++) {
                w.policyGradient[j * w.capacity + i] = pull[i][j];
            }
            w.valueGradient[i] = pull[i][network.policyOutputs()];
        }
        network.backward(w, rows, 0, count);
        return new Result(outputs(network, w, count), w.gradient);
    }

    private static float[][] outputs(ActorCritic network, Workspace w, int count) {
        float[][] outputs = new float[count][network.policyOutputs() + 1];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < network.policyOutputs(); j++) {
                outputs[i][j] = w.policy[j * w.capacity + i];
            }
            outputs[i][network.policyOutputs()] = w.value[i];
        }
        return outputs;
    }

    private float[][] pulls(ActorCritic network, int rows) {
        float[][] pull = new float[rows][];
        Arrays.setAll(pull, i -> Numbers.uniform(network.policyOutputs() + 1, 1, random));
        return pull;
    }

    private void assertClose(float[] actual, float[] expected, String what) {
        double largest = 0;
        for (float x : expected) {
            largest = Math.max(largest, Math.abs(x));
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("%s, element %d, seed %d", what, i, SEED)
                    .isCloseTo(expected[i], within(tolerance() * Math.max(largest, 1e-3)));
        }
    }

    @Test
    void aSequenceIsItsStepsOneByOne() {
        ActorCritic network = network(1);
        int length = 9;
        int size = network.observationSize();
        float[] rows = sequence(network, length);
        Workspace all = network.workspace(length);
        all.sequences = true;
        network.forward(all, rows, 0, length);
        Workspace one = network.workspace(1);
        float[] row = new float[size];
        float[] state = Arrays.copyOfRange(rows, size - 1 - network.stateSize(), size - 1);
        for (int i = 0; i < length; i++) {
            System.arraycopy(rows, i * size, row, 0, size);
            System.arraycopy(state, 0, row, size - 1 - state.length, state.length);
            network.forward(one, row, 0, 1);
            state = one.state.clone();
            assertClose(outputs(network, all, length)[i], outputs(network, one, 1)[0], "row " + i);
        }
    }

    @Test
    void withoutSequencesEveryRowBeginsWithItsOwnState() {
        ActorCritic network = network(2);
        int count = 7;
        int size = network.observationSize();
        float[] rows = sequence(network, count);
        Workspace all = network.workspace(count);
        network.forward(all, rows, 0, count);
        Workspace one = network.workspace(1);
        for (int i = 0; i < count; i++) {
            network.forward(one, rows, i * size, 1);
            assertClose(outputs(network, all, count)[i], outputs(network, one, 1)[0], "row " + i);
            float[] state = Arrays.copyOfRange(all.state, i * network.stateSize(), (i + 1) * network.stateSize());
            assertClose(state, one.state, "state of row " + i);
            network.forwardPolicy(one, rows, i * size, 1);
            assertClose(state, one.state, "state of row " + i + " without the value");
        }
    }

    /** The end of an episode in the middle of the rows: nothing passes over it, forward or backward. */
    @Test
    void sequencesSideBySideAreThoseAlone() {
        ActorCritic network = network(3);
        List<float[]> parts = new ArrayList<>();
        List<float[][]> pulls = new ArrayList<>();
        for (int length : new int[] {4, 1, 11, 3, 4}) {
            parts.add(sequence(network, length));
            pulls.add(pulls(network, length));
        }
        Result together = train(
                network,
                concatenate(parts),
                pulls.stream().flatMap(Arrays::stream).toArray(float[][]::new));
        float[] sum = new float[together.gradient().length];
        int at = 0;
        for (int s = 0; s < parts.size(); s++) {
            Result alone = train(network, parts.get(s), pulls.get(s));
            for (int i = 0; i < pulls.get(s).length; i++) {
                assertClose(together.outputs()[at++], alone.outputs()[i], "sequence " + s + ", row " + i);
            }
            for (int p = 0; p < sum.length; p++) {
                sum[p] += alone.gradient()[p];
            }
        }
        assertClose(together.gradient(), sum, "gradient");
    }

    /** The state that is stored with a row inside a sequence is that of an older network. */
    @Test
    void onlyTheFirstRowOfASequenceOrOfACallIsAskedForItsState() {
        ActorCritic network = network(4);
        int length = 6;
        int size = network.observationSize();
        float[] rows = sequence(network, length);
        float[][] pull = pulls(network, length);
        Result result = train(network, rows, pull);
        float[] other = rows.clone();
        for (int i = 1; i < length; i++) {
            Arrays.fill(other, (i + 1) * size - 1 - network.stateSize(), (i + 1) * size - 1, 5f);
        }
        Result same = train(network, other, pull);
        assertThat(same.outputs()).isDeepEqualTo(result.outputs());
        assertThat(same.gradient()).isEqualTo(result.gradient());
        // A call that begins in the middle begins with the state of that row, flag or none.
        float[] rest = Arrays.copyOfRange(rows, 2 * size, rows.length);
        float[][] restPull = Arrays.copyOfRange(pull, 2, length);
        Result cut = train(network, rest, restPull);
        rest[size - 1] = 1;
        assertThat(train(network, rest, restPull).outputs()).isDeepEqualTo(cut.outputs());
        assertThat(cut.outputs()[0]).isNotEqualTo(result.outputs()[2]);
    }

    @Test
    void laterRowsPullOnEarlierObservations() {
        ActorCritic network = network(5);
        int length = 8;
        int size = network.observationSize();
        float[] rows = sequence(network, length);
        Workspace w = network.workspace(length);
        w.sequences = true;
        network.forward(w, rows, 0, length);
        float[][] before = outputs(network, w, length);
        rows[0] += 1; // the first observation
        network.forward(w, rows, 0, length);
        float[][] after = outputs(network, w, length);
        for (int i = 0; i < length; i++) {
            assertThat(after[i]).as("row %d of %d numbers", i, size).isNotEqualTo(before[i]);
        }
    }

    @Test
    void aMaskLeavesMemoryAndGradientAlone() {
        ActorCritic network = network(6);
        MaskedActorCritic masked = new MaskedActorCritic(network);
        assertThat(masked.stateSize()).isEqualTo(network.stateSize());
        int length = 5;
        int outputs = network.policyOutputs();
        int size = network.observationSize();
        int seen = size - network.memorySize();
        float[] rows = sequence(network, length);
        float[] withMask = new float[length * (size + outputs)];
        for (int i = 0; i < length; i++) {
            int to = i * (size + outputs);
            System.arraycopy(rows, i * size, withMask, to, seen);
            Arrays.fill(withMask, to + seen, to + seen + outputs, 1f);
            System.arraycopy(rows, i * size + seen, withMask, to + seen + outputs, size - seen);
        }
        float[][] pull = pulls(network, length);
        Result free = train(network, rows, pull);
        Result allowed = train(masked, withMask, pull);
        assertThat(allowed.outputs()).isDeepEqualTo(free.outputs());
        assertThat(allowed.gradient()).isEqualTo(free.gradient());
        Workspace w = masked.workspace(1);
        Workspace inner = network.workspace(1);
        masked.forward(w, withMask, 0, 1);
        network.forward(inner, rows, 0, 1);
        assertThat(w.state).isEqualTo(inner.state);
        // A choice that is forbidden in the third row takes no gradient there, and the memory none through it.
        withMask[2 * (size + outputs) + seen] = 0;
        pull[2][0] = 7;
        Result forbidden = train(masked, withMask, pull);
        pull[2][0] = 0;
        assertThat(forbidden.outputs()[2][0]).isEqualTo(Categorical.FORBIDDEN);
        assertThat(forbidden.gradient()).isEqualTo(train(network, rows, pull).gradient());
    }

    @Test
    void refusesABackwardThatDoesNotFitTheForward() {
        ActorCritic network = network(7);
        float[] rows = sequence(network, 4);
        Workspace w = network.workspace(4);
        w.sequences = true;
        network.forward(w, rows, 0, 4);
        assertThatThrownBy(() -> network.backward(w, rows, 0, 3)).isInstanceOf(IllegalStateException.class);
    }
}
