package org.rltune.envs.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.rltune.env.ResetNeededException;

final class WorldLifeTest {
    private static List<float[]> fly() {
        List<float[]> seen = new ArrayList<>();
        try (LunarLander env = new LunarLander()) {
            for (int seed = 0; seed < 20; seed++) {
                float[] observation = env.reset(seed).observation();
                for (int i = 0; i < 60; i++) {
                    observation = env.step(LanderPilot.engine(observation)).observation();
                }
                seen.add(observation);
            }
        }
        return seen;
    }

    @Test
    void givesTheSameBitsInTwoThreadsAtOnceAsInOne() throws Exception {
        List<float[]> alone = fly();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<List<float[]>> one = threads.submit(WorldLifeTest::fly);
            Future<List<float[]>> two = threads.submit(WorldLifeTest::fly);
            assertThat(one.get()).usingRecursiveComparison().isEqualTo(alone);
            assertThat(two.get()).usingRecursiveComparison().isEqualTo(alone);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void isClosedTwiceWithoutHarmAndPlaysAgainAfterAReset() {
        BipedalWalker env = new BipedalWalker();
        env.close();
        assertThatThrownBy(env::renderFrame).isInstanceOf(ResetNeededException.class);
        float[] first = env.reset(4).observation();
        env.close();
        env.close();
        assertThatThrownBy(() -> env.step(new float[4]))
                .isInstanceOf(ResetNeededException.class)
                .hasMessageContaining("BipedalWalker");
        assertThat(env.reset(4).observation()).isEqualTo(first);
        env.close();
    }

    @Test
    void hasNoSnapshotButIsRestoredByRepeatingItsActions() {
        LunarLander env = new LunarLander();
        assertThat(env.snapshot()).isEmpty();
        LunarLander other = new LunarLander();
        env.reset(9);
        other.reset(8);
        other.reset(9);
        for (int i = 0; i < 70; i++) {
            assertThat(other.step(i % 4).observation())
                    .isEqualTo(env.step(i % 4).observation());
        }
        env.close();
        other.close();
    }
}
