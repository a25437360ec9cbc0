package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.rollout.RolloutBatch;

/** Every number of a sample comes to its place, looked up one by one: each says by its value where it comes from. */
class SampleRecordsTest {
    private static final int ENVS = 3;
    private static final int STEPS = 4;
    private static final int INPUTS = 2;
    private static final int[] ORDER = {99, 7, 0, 11, 3, 3, 8, 99};
    private static final int START = 1;
    private static final int ROWS = 6;

    private static RolloutBatch batch(int observationSize, int actionSize) {
        RolloutBatch batch = new RolloutBatch(ENVS, observationSize, actionSize, INPUTS);
        batch.resize(STEPS);
        number(batch.observation, 0, observationSize);
        number(batch.action, 1, actionSize);
        number(batch.policyInput, 2, INPUTS);
        number(batch.logProb, 3, 1);
        number(batch.value, 4, 1);
        number(batch.valueTarget, 5, 1);
        number(batch.advantage, 6, 1);
        return batch;
    }

    private static void number(float[] values, int column, int width) {
        for (int i = 0; i < values.length; i++) {
            values[i] = number(column, i / width, i % width);
        }
    }

    private static float number(int column, int row, int j) {
        return column * 100_000 + row * 1000 + j;
    }

    // On both sides of four at a time, and of the size from which a call copies them.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 31, 32, 33, 50})
    void gathersInTheGivenOrder(int width) {
        for (boolean withInputs : new boolean[] {false, true}) {
            int actions = width % 4 + 1;
            SampleRecords records = new SampleRecords(withInputs);
            records.fill(batch(width, actions));
            SampleColumns out = new SampleColumns(ROWS + 2, width, actions, INPUTS);
            records.gather(ORDER, START, ROWS, 600_000, 0.5, out);
            for (int i = 0; i < ROWS; i++) {
                int row = ORDER[START + i];
                for (int j = 0; j < width; j++) {
                    assertThat(out.observation[i * width + j]).isEqualTo(number(0, row, j));
                }
                for (int j = 0; j < actions; j++) {
                    assertThat(out.action[j * out.rows + i]).isEqualTo(number(1, row, j));
                }
                for (int j = 0; j < INPUTS; j++) {
                    assertThat(out.oldInputs[j * out.rows + i]).isEqualTo(withInputs ? number(2, row, j) : 0);
                }
                assertThat(out.oldLogProb[i]).isEqualTo(number(3, row, 0));
                assertThat(out.oldValue[i]).isEqualTo(number(4, row, 0));
                assertThat(out.target[i]).isEqualTo(number(5, row, 0));
                assertThat(out.advantage[i]).isEqualTo(row * 500f);
                assertThat(records.advantage(row)).isEqualTo(number(6, row, 0));
            }
        }
    }

    @Test
    void aLargerBatchAfterASmallerOneIsWhole() {
        SampleRecords records = new SampleRecords(false);
        records.fill(batch(1, 1));
        records.fill(batch(5, 2));
        SampleColumns out = new SampleColumns(1, 5, 2, 0);
        records.gather(new int[] {11}, 0, 1, 0, 1, out);
        assertThat(out.observation).containsExactly(11000, 11001, 11002, 11003, 11004);
        assertThat(out.action).containsExactly(111_000, 111_001);
        assertThat(out.advantage[0]).isEqualTo(611_000);
    }
}
