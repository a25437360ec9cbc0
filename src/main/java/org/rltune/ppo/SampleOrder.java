package org.rltune.ppo;

import java.util.Arrays;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;

/**
 * The order in which the samples of a batch are trained on, drawn anew for every pass: sample by sample, or, for a network
 * with memory, sequence by sequence, the steps of each in the order of time.
 *
 * <p>A sequence goes from a row whose flag says that one begins to the next such row of the same environment.
 */
final class SampleOrder {
    private final boolean sequences;
    private int[] rows = {};
    /** First rows of the sequences, in the order of this pass. */
    private int[] begins = {};

    /** An order of samples, or of sequences. */
    SampleOrder(boolean sequences) {
        this.sequences = sequences;
    }

    /** Takes the rows of a batch as they come; sequences environment by environment. */
    void take(RolloutBatch batch) {
        int count = batch.rows();
        rows = rows.length == count ? rows : new int[count];
        if (sequences) {
            begins = findBegins(batch);
            layOut(batch);
        } else {
            Arrays.setAll(rows, i -> i);
        }
    }

    /** Draws the next order. */
    void shuffle(RolloutBatch batch, Pcg64 random) {
        if (sequences) {
            shuffle(begins, random);
            layOut(batch);
        } else {
            shuffle(rows, random);
        }
    }

    /** Returns the rows in their present order. */
    int[] rows() {
        return rows;
    }

    private static boolean begins(RolloutBatch batch, int row) {
        int flag = (row + 1) * batch.observationSize() - 1;
        return row < batch.envs() || batch.observation[flag] != 0f;
    }

    private static int[] findBegins(RolloutBatch batch) {
        int[] found = new int[batch.rows()];
        int count = 0;
        for (int e = 0; e < batch.envs(); e++) {
            for (int row = e; row < batch.rows(); row += batch.envs()) {
                if (begins(batch, row)) {
                    found[count++] = row;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    private void layOut(RolloutBatch batch) {
        int at = 0;
        for (int begin : begins) {
            int row = begin;
            do {
                rows[at++] = row;
                row += batch.envs();
            } while (row < batch.rows() && !begins(batch, row));
        }
    }

    private static void shuffle(int[] numbers, Pcg64 random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = kept;
        }
    }
}
