package org.rltune.rollout;

import java.util.Arrays;

/**
 * What one worker collects for one policy of a multi-agent trainer: a row for every action, in the order of steps, then of
 * environments, then of agents.
 *
 * <p>A row is open until the agent sees something again or ends: in a game in turns, that may be in a later fragment. Open
 * rows stay behind ({@link #keepOpen}) and come first in the next fragment, so that no sample is lost.
 */
final class AgentSamples {
    /** The step of rows that were begun in an earlier fragment. */
    static final int EARLIER = -1;

    private final int observationSize;
    private final int actionSize;
    private final int policyInputs;
    private int rows;

    /** Step of the fragment in which the action was taken. */
    int[] step = {};
    /** Number of the trajectory: environment over all workers times agents, plus agent. */
    int[] slot = {};
    /** Columns as in {@link RolloutBatch}. */
    float[] observation = {};

    float[] action = {};
    float[] logProb = {};
    float[] policyInput = {};
    float[] value = {};
    float[] nextValue = {};
    /** Sum of the agent's rewards since the action. */
    double[] reward = {};

    boolean[] terminated = {};
    boolean[] ended = {};
    boolean[] open = {};

    AgentSamples(int observationSize, int actionSize, int policyInputs) {
        this.observationSize = observationSize;
        this.actionSize = actionSize;
        this.policyInputs = policyInputs;
    }

    int rows() {
        return rows;
    }

    /** Adds so many rows and returns the first of them; what they hold is whatever was there. */
    int add(int count) {
        int first = rows;
        rows += count;
        if (rows > step.length) {
            int room = Math.max(rows, 2 * step.length);
            step = Arrays.copyOf(step, room);
            slot = Arrays.copyOf(slot, room);
            observation = Arrays.copyOf(observation, room * observationSize);
            action = Arrays.copyOf(action, room * actionSize);
            logProb = Arrays.copyOf(logProb, room);
            policyInput = Arrays.copyOf(policyInput, room * policyInputs);
            value = Arrays.copyOf(value, room);
            nextValue = Arrays.copyOf(nextValue, room);
            reward = Arrays.copyOf(reward, room);
            terminated = Arrays.copyOf(terminated, room);
            ended = Arrays.copyOf(ended, room);
            open = Arrays.copyOf(open, room);
        }
        return first;
    }

    void clear() {
        rows = 0;
    }

    /** Moves the open rows to the front, in their order, and drops the others. */
    void keepOpen() {
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            if (open[row]) {
                move(row, kept);
                step[kept] = EARLIER;
                kept++;
            }
        }
        rows = kept;
    }

    private void move(int row, int to) {
        slot[to] = slot[row];
        System.arraycopy(observation, row * observationSize, observation, to * observationSize, observationSize);
        System.arraycopy(action, row * actionSize, action, to * actionSize, actionSize);
        System.arraycopy(policyInput, row * policyInputs, policyInput, to * policyInputs, policyInputs);
        logProb[to] = logProb[row];
        value[to] = value[row];
        nextValue[to] = nextValue[row];
        reward[to] = reward[row];
        terminated[to] = terminated[row];
        ended[to] = ended[row];
        open[to] = open[row];
    }

    /** Copies a row that is not open into a batch. */
    void copyTo(RolloutBatch batch, int row, int to) {
        System.arraycopy(observation, row * observationSize, batch.observation, to * observationSize, observationSize);
        System.arraycopy(action, row * actionSize, batch.action, to * actionSize, actionSize);
        System.arraycopy(policyInput, row * policyInputs, batch.policyInput, to * policyInputs, policyInputs);
        batch.logProb[to] = logProb[row];
        batch.value[to] = value[row];
        batch.nextValue[to] = nextValue[row];
        batch.reward[to] = (float) reward[row];
        batch.terminated[to] = terminated[row];
        batch.ended[to] = ended[row];
    }

    /** The numbers of an open row that a checkpoint needs: observation, action, inputs, log-probability, value. */
    float[] pack(int row) {
        float[] packed = new float[packedSize()];
        System.arraycopy(observation, row * observationSize, packed, 0, observationSize);
        System.arraycopy(action, row * actionSize, packed, observationSize, actionSize);
        System.arraycopy(policyInput, row * policyInputs, packed, observationSize + actionSize, policyInputs);
        packed[packed.length - 2] = logProb[row];
        packed[packed.length - 1] = value[row];
        return packed;
    }

    /** Numbers of a packed row. */
    int packedSize() {
        return observationSize + actionSize + policyInputs + 2;
    }

    /** Adds an open row that was packed. */
    int unpack(float[] packed, int itsSlot, double itsReward) {
        int row = add(1);
        System.arraycopy(packed, 0, observation, row * observationSize, observationSize);
        System.arraycopy(packed, observationSize, action, row * actionSize, actionSize);
        System.arraycopy(packed, observationSize + actionSize, policyInput, row * policyInputs, policyInputs);
        logProb[row] = packed[packed.length - 2];
        value[row] = packed[packed.length - 1];
        step[row] = EARLIER;
        slot[row] = itsSlot;
        reward[row] = itsReward;
        nextValue[row] = 0;
        terminated[row] = false;
        ended[row] = false;
        open[row] = true;
        return row;
    }
}
