package org.rltune.rollout;

import java.util.Arrays;
import org.rltune.check.Check;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Workspace;

/**
 * What a network with memory remembers of the running episodes of a worker's environments: one state each, 0 where an
 * episode begins.
 *
 * <p>Sequences, over which gradients flow in learning, begin with an episode and with every {@code max_seq_len}-th step of a
 * fragment; so a fragment begins with sequences, whatever came before it.
 */
final class EpisodeMemory {
    private final int stateSize;
    private final int rowSize;
    private final int maxSeqLen;
    private final float[] state;
    private final boolean[] fresh;

    /**
     * Makes the memory of environments whose episodes begin.
     *
     * @param maxSeqLen the longest sequence in steps, at least 1
     */
    EpisodeMemory(ActorCritic network, int envs, int maxSeqLen) {
        this.stateSize = network.stateSize();
        this.rowSize = network.observationSize();
        this.maxSeqLen = Check.atLeast("max_seq_len", maxSeqLen, 1);
        this.state = new float[Math.multiplyExact(envs, stateSize)];
        this.fresh = new boolean[envs];
        Arrays.fill(fresh, true);
    }

    /** Whether the step of environment {@code e} at step {@code t} of the fragment begins a sequence. */
    boolean begins(int t, int e) {
        return fresh[e] || t % maxSeqLen == 0;
    }

    /**
     * Writes a row of input: what is seen, the state of environment {@code e}, and the flag.
     *
     * @param seen the observation as the network sees it, from {@code at}
     */
    void join(float[] seen, int at, int e, boolean begins, float[] row, int rowAt) {
        int size = rowSize - stateSize - 1;
        System.arraycopy(seen, at, row, rowAt, size);
        System.arraycopy(state, e * stateSize, row, rowAt + size, stateSize);
        row[rowAt + size + stateSize] = begins ? 1f : 0f;
    }

    /** Takes over the states that the last forward wrote, whose row 0 was of environment {@code first}. */
    void advance(Workspace w, int first, int envs) {
        System.arraycopy(w.state, 0, state, first * stateSize, envs * stateSize);
        Arrays.fill(fresh, first, first + envs, false);
    }

    /** An episode of environment {@code e} begins. */
    void forget(int e) {
        Arrays.fill(state, e * stateSize, (e + 1) * stateSize, 0f);
        fresh[e] = true;
    }

    /** Returns the states, {@code [e * stateSize + k]}. */
    float[] states() {
        return state;
    }
}
