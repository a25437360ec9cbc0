package org.rltune.ppo;

import org.rltune.rollout.RolloutBatch;

/**
 * What the loss needs of each sample, side by side: samples are read in shuffled order, and a record touches one or two
 * lines of the cache where columns would touch one each.
 */
final class SampleRecords {
    private final boolean withInputs;
    private float[] records = {};
    private int observationSize;
    private int actionSize;
    private int inputs;
    private int size;

    /** Records with or without the inputs of the distribution that the action was drawn from. */
    SampleRecords(boolean withInputs) {
        this.withInputs = withInputs;
    }

    boolean withInputs() {
        return withInputs;
    }

    /** Copies all samples of a batch. */
    void fill(RolloutBatch batch) {
        observationSize = batch.observationSize();
        actionSize = batch.actionSize();
        inputs = withInputs ? batch.policyInputs() : 0;
        size = observationSize + actionSize + inputs + 4;
        int rows = batch.rows();
        if (records.length < rows * size) {
            records = new float[rows * size];
        }
        for (int row = 0, at = 0; row < rows; row++) {
            System.arraycopy(batch.observation, row * observationSize, records, at, observationSize);
            at += observationSize;
            System.arraycopy(batch.action, row * actionSize, records, at, actionSize);
            at += actionSize;
            System.arraycopy(batch.policyInput, row * batch.policyInputs(), records, at, inputs);
            at += inputs;
            records[at++] = batch.logProb[row];
            records[at++] = batch.value[row];
            records[at++] = batch.valueTarget[row];
            records[at++] = batch.advantage[row];
        }
    }

    /** Returns the advantage of a sample. */
    float advantage(int row) {
        return records[row * size + size - 1];
    }

    /** Writes the samples {@code order[start, start + rows)} into columns; advantages are shifted and scaled. */
    void gather(int[] order, int start, int rows, double mean, double scale, SampleColumns out) {
        float[] from = records;
        int stride = out.rows;
        for (int i = 0; i < rows; i++) {
            int at = order[start + i] * size;
            int to = i * observationSize;
            for (int j = 0; j < observationSize; j++) {
                out.observation[to + j] = from[at + j];
            }
            at += observationSize;
            for (int j = 0; j < actionSize; j++) {
                out.action[j * stride + i] = from[at + j];
            }
            at += actionSize;
            for (int j = 0; j < inputs; j++) {
                out.oldInputs[j * stride + i] = from[at + j];
            }
            at += inputs;
            out.oldLogProb[i] = from[at];
            out.oldValue[i] = from[at + 1];
            out.target[i] = from[at + 2];
            out.advantage[i] = (float) ((from[at + 3] - mean) * scale);
        }
    }
}
