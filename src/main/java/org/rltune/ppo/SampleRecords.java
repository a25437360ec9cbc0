package org.rltune.ppo;

import org.rltune.rollout.RolloutBatch;

/**
 * What the loss needs of each sample, side by side: samples are read in shuffled order, and a record touches one or two
 * lines of the cache where columns would touch one each.
 */
final class SampleRecords {
    /** From so many numbers on, a call that copies them is the fastest. */
    private static final int MANY = 32;

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
        put(batch.observation, observationSize, observationSize, rows, 0);
        put(batch.action, actionSize, actionSize, rows, observationSize);
        put(batch.policyInput, batch.policyInputs(), inputs, rows, observationSize + actionSize);
        float[] to = records;
        int size = this.size;
        int first = size - 4;
        float[] logProb = batch.logProb;
        float[] value = batch.value;
        float[] target = batch.valueTarget;
        float[] advantage = batch.advantage;
        for (int row = 0; row < rows; row++) {
            int at = row * size + first;
            to[at] = logProb[row];
            to[at + 1] = value[row];
            to[at + 2] = target[row];
            to[at + 3] = advantage[row];
        }
    }

    /** Copies {@code n} numbers of each row, which are {@code stride} apart, into the records from {@code first} on. */
    private void put(float[] rows, int stride, int n, int count, int first) {
        float[] to = records;
        int size = this.size;
        for (int row = 0; row < count; row++) {
            copy(rows, row * stride, to, row * size + first, n);
        }
    }

    /** A call or an inner loop for each number costs more than the few numbers that most records have. */
    private static void copy(float[] from, int fromOff, float[] to, int toOff, int n) {
        if (n >= MANY) {
            System.arraycopy(from, fromOff, to, toOff, n);
            return;
        }
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            to[toOff + i] = from[fromOff + i];
            to[toOff + i + 1] = from[fromOff + i + 1];
            to[toOff + i + 2] = from[fromOff + i + 2];
            to[toOff + i + 3] = from[fromOff + i + 3];
        }
        for (; i < n; i++) {
            to[toOff + i] = from[fromOff + i];
        }
    }

    /** Returns the advantage of a sample. */
    float advantage(int row) {
        return records[row * size + size - 1];
    }

    /** Writes the samples {@code order[start, start + rows)} into columns; advantages are shifted and scaled. */
    void gather(int[] order, int start, int rows, double mean, double scale, SampleColumns out) {
        observations(order, start, rows, out.observation);
        columns(order, start, rows, observationSize, actionSize, out.action, out.rows);
        columns(order, start, rows, observationSize + actionSize, inputs, out.oldInputs, out.rows);
        float[] from = records;
        int size = this.size;
        int first = size - 4;
        float[] oldLogProb = out.oldLogProb;
        float[] oldValue = out.oldValue;
        float[] target = out.target;
        float[] advantage = out.advantage;
        for (int i = 0; i < rows; i++) {
            int at = order[start + i] * size + first;
            oldLogProb[i] = from[at];
            oldValue[i] = from[at + 1];
            target[i] = from[at + 2];
            advantage[i] = (float) ((from[at + 3] - mean) * scale);
        }
    }

    private void observations(int[] order, int start, int rows, float[] out) {
        float[] from = records;
        int size = this.size;
        int n = observationSize;
        for (int i = 0; i < rows; i++) {
            copy(from, order[start + i] * size, out, i * n, n);
        }
    }

    /** Writes {@code n} numbers of each record, from {@code first} on, into columns. */
    private void columns(int[] order, int start, int rows, int first, int n, float[] out, int stride) {
        float[] from = records;
        int size = this.size;
        for (int j = 0; j < n; j++) {
            int to = j * stride;
            for (int i = 0; i < rows; i++) {
                out[to + i] = from[order[start + i] * size + first + j];
            }
        }
    }
}
