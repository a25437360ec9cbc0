package org.rltune.envs.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.env.StepResult;
import org.rltune.random.Pcg64;

final class BipedalWalkerTest {
    @Test
    void walksAsGymnasiumForTwentySteps() {
        List<RecordedEpisodes.Row> rows = RecordedEpisodes.replay("BipedalWalker-v3.trace", Map.of());
        for (RecordedEpisodes.Row row : rows.subList(0, 21)) {
            // 1e-3 is promised; without the order of contacts (OrderedWorld) it would be 1e-2.
            assertThat(row.difference()).as("step " + row.step()).isLessThan(1e-4);
            assertThat(row.ourReward()).isCloseTo(row.recordedReward(), within(1e-4));
            assertThat(row.ourEnd()).isEqualTo(row.recordedEnd());
        }
    }

    @Test
    void isWalkedForwardByItsGait() {
        double far = 0;
        for (int seed = 3; seed < 13 && far < 80; seed++) {
            BipedalWalker env = new BipedalWalker();
            WalkerGait gait = new WalkerGait();
            float[] observation = env.reset(seed).observation();
            boolean ended = false;
            for (int i = 0; i < 1600 && !ended; i++) {
                StepResult<float[]> result = env.step(gait.torques(observation));
                observation = result.observation();
                ended = result.ended();
                far = Math.max(far, env.scene().hull.getPosition().x);
            }
            env.close();
        }
        assertThat(far).isGreaterThan(80); // metres of 88; in Gymnasium three of the seeds 0 to 9 get there
    }

    @Test
    void putsEachKindOfObstacleInTheWayOfTheHardcoreWalker() {
        int obstacles = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int seed = 0; seed < 10; seed++) {
            WalkerTerrain terrain = new WalkerTerrain(true, new Pcg64(seed));
            obstacles += terrain.obstacles.size();
            for (double y : terrain.y) {
                lowest = Math.min(lowest, y);
            }
            assertThat(new WalkerTerrain(false, new Pcg64(seed)).obstacles).isEmpty();
            assertThat(terrain.clouds).hasSize(10);
        }
        assertThat(obstacles).isGreaterThan(100);
        assertThat(lowest).isLessThan(WalkerTerrain.HEIGHT - 3 * WalkerTerrain.STEP); // a pit
    }

    @Test
    void measuresDistancesBetweenTheHullAndTheGround() {
        BipedalWalker env = new BipedalWalker();
        float[] observation = env.reset(1).observation();
        for (int i = 14; i < 24; i++) {
            assertThat(observation[i]).isBetween(0.2f, 1f);
            assertThat(observation[i]).isGreaterThanOrEqualTo(observation[14]); // straight down is nearest
        }
        env.close();
    }

    @Test
    void costsWhatItsMotorsUseInFloat32() {
        BipedalWalker env = new BipedalWalker();
        env.reset(1);
        double reward = env.step(new float[] {1, -0.5f, 0, 2}).reward();
        assertThat(reward).isEqualTo((float) reward);
        env.close();
    }

    @Test
    void refusesAnActionOfTheWrongForm() {
        BipedalWalker env = new BipedalWalker();
        env.reset(1);
        assertThatThrownBy(() -> env.step(new float[3])).hasMessageContaining("3 numbers");
        assertThatThrownBy(() -> env.step(new float[] {0, 0, Float.NaN, 0})).hasMessageContaining("number 2");
        env.close();
    }
}
