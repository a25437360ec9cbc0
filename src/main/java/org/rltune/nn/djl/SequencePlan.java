package org.rltune.nn.djl;

import java.util.Arrays;

/**
 * How the rows of a call lie as sequences in an array (sequences, steps): the first of a sequence at step 0, and what is left
 * behind its last one filled up to the longest.
 */
final class SequencePlan {
    private int rows;
    private int count;
    private int longest;
    private int[] first = {};
    private int[] place = {};

    /**
     * Finds the sequences.
     *
     * @param input rows of {@code rowSize} numbers from {@code offset}, the last of which says that a sequence begins
     * @param sequences whether rows go on from each other; otherwise each is a sequence of one step
     */
    void lay(float[] input, int offset, int rowSize, int rowCount, boolean sequences) {
        rows = rowCount;
        count = 0;
        longest = 0;
        first = first.length < rowCount ? new int[rowCount] : first;
        for (int i = 0; i < rowCount; i++) {
            if (i == 0 || !sequences || input[offset + (i + 1) * rowSize - 1] != 0f) {
                longest = Math.max(longest, count == 0 ? 0 : i - first[count - 1]);
                first[count++] = i;
            }
        }
        longest = Math.max(longest, rowCount - first[count - 1]);
    }

    /** Returns how many sequences there are. */
    int count() {
        return count;
    }

    /** Returns the steps of the longest. */
    int longest() {
        return longest;
    }

    /** Returns the row that sequence {@code s} begins with. */
    int first(int s) {
        return first[s];
    }

    /** Whether all are equally long, so that the rows lie as in the array already. */
    boolean even() {
        return count * longest == rows;
    }

    private int length(int s) {
        return (s + 1 < count ? first[s + 1] : rows) - first[s];
    }

    /** Returns the row for each place of the array; a place behind the end of a sequence gets its last row again. */
    int[] rowOfPlace() {
        int[] row = new int[Math.multiplyExact(count, longest)];
        for (int s = 0; s < count; s++) {
            int length = length(s);
            for (int t = 0; t < longest; t++) {
                row[s * longest + t] = first[s] + Math.min(t, length - 1);
            }
        }
        return row;
    }

    /** Returns the place of each row. */
    int[] placeOfRow() {
        place = place.length == rows ? place : new int[rows];
        for (int s = 0; s < count; s++) {
            for (int t = 0; t < length(s); t++) {
                place[first[s] + t] = s * longest + t;
            }
        }
        return place;
    }

    @Override
    public String toString() {
        return "SequencePlan[" + rows + " rows from " + Arrays.toString(Arrays.copyOf(first, count)) + "]";
    }
}
