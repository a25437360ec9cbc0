package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;

class SampleOrderTest {
    private static final int ENVS = 3;
    private static final int STEPS = 40;
    private static final int SIZE = 4;

    private static RolloutBatch batch(Pcg64 random) {
        RolloutBatch batch = new RolloutBatch(ENVS, SIZE, 1, 2);
        batch.resize(STEPS);
        for (int row = 0; row < batch.rows(); row++) {
            batch.observation[row * SIZE + SIZE - 1] = row < ENVS || random.nextDouble() < 0.2 ? 1 : 0;
        }
        return batch;
    }

    private static boolean begins(RolloutBatch batch, int row) {
        return batch.observation[row * SIZE + SIZE - 1] != 0f;
    }

    @Test
    void sequencesStayWholeAndInOrderAndAreShuffledAmongEachOther() {
        long seed = 61;
        Pcg64 random = new Pcg64(seed);
        RolloutBatch batch = batch(random);
        SampleOrder order = new SampleOrder(true);
        order.take(batch);
        Set<List<Integer>> orders = new HashSet<>();
        for (int pass = 0; pass < 5; pass++) {
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < batch.rows(); i++) {
                int row = order.rows()[i];
                seen.add(row);
                if (!begins(batch, row)) {
                    assertThat(order.rows()[i - 1])
                            .as("what comes before row %d, seed %d", row, seed)
                            .isEqualTo(row - ENVS);
                }
            }
            assertThat(new HashSet<>(seen)).hasSize(batch.rows());
            orders.add(seen);
            order.shuffle(batch, random);
        }
        assertThat(orders).hasSize(5);
    }

    /** Fisher and Yates: with n sequences every one of them comes first once in n passes on average. */
    @Test
    void everySequenceComesFirstEquallyOften() {
        RolloutBatch batch = new RolloutBatch(5, SIZE, 1, 2);
        batch.resize(2);
        for (int row = 0; row < 5; row++) {
            batch.observation[row * SIZE + SIZE - 1] = 1;
        }
        SampleOrder order = new SampleOrder(true);
        order.take(batch);
        long seed = 62;
        Pcg64 random = new Pcg64(seed);
        int[] first = new int[5];
        for (int pass = 0; pass < 5000; pass++) {
            order.shuffle(batch, random);
            first[order.rows()[0]]++;
        }
        for (int count : first) {
            assertThat(count).as("seed %d", seed).isBetween(850, 1150); // five deviations of 28
        }
    }

    @Test
    void withoutMemoryTheFlagMeansNothing() {
        Pcg64 random = new Pcg64(63);
        RolloutBatch batch = batch(random);
        SampleOrder order = new SampleOrder(false);
        order.take(batch);
        for (int i = 0; i < batch.rows(); i++) {
            assertThat(order.rows()[i]).isEqualTo(i);
        }
        order.shuffle(batch, random);
        int apart = 0;
        for (int i = 1; i < batch.rows(); i++) {
            int row = order.rows()[i];
            apart += !begins(batch, row) && order.rows()[i - 1] != row - ENVS ? 1 : 0;
        }
        assertThat(apart).isGreaterThan(50);
    }
}
