package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequencePlanTest {
    private static final int SIZE = 3;

    private static float[] rows(int offset, int... begins) {
        float[] input = new float[offset + begins.length * SIZE];
        for (int i = 0; i < begins.length; i++) {
            input[offset + (i + 1) * SIZE - 1] = begins[i];
        }
        return input;
    }

    @Test
    void everyRowHasAPlaceAndEveryPlaceARowOfItsSequence() {
        SequencePlan plan = new SequencePlan();
        plan.lay(rows(2, 0, 0, 1, 1, 0, 0, 0, 1), 2, SIZE, 8, true);
        assertThat(plan.count()).isEqualTo(4);
        assertThat(plan.longest()).isEqualTo(4);
        assertThat(plan.even()).isFalse();
        assertThat(plan.first(2)).isEqualTo(3);
        assertThat(plan.rowOfPlace()).containsExactly(0, 1, 1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 7, 7, 7, 7);
        assertThat(plan.placeOfRow()).containsExactly(0, 1, 4, 8, 9, 10, 11, 12);
        for (int row = 0; row < 8; row++) {
            assertThat(plan.rowOfPlace()[plan.placeOfRow()[row]]).isEqualTo(row);
        }
    }

    @Test
    void equalLengthsLieAlready() {
        SequencePlan plan = new SequencePlan();
        plan.lay(rows(0, 1, 0, 0, 1, 0, 0), 0, SIZE, 6, true);
        assertThat(plan.even()).isTrue();
        assertThat(plan.placeOfRow()).containsExactly(0, 1, 2, 3, 4, 5);
        plan.lay(rows(0, 1, 0, 0, 1), 0, SIZE, 4, true);
        assertThat(plan.even()).isFalse();
    }

    @Test
    void rowsThatDoNotGoOnAreSequencesOfOneStep() {
        SequencePlan plan = new SequencePlan();
        plan.lay(rows(0, 1, 0, 0, 0), 0, SIZE, 4, false);
        assertThat(plan.count()).isEqualTo(4);
        assertThat(plan.longest()).isEqualTo(1);
        assertThat(plan.even()).isTrue();
    }
}
