package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;

class TMazeTest {
    private static final int UP = 0;
    private static final int RIGHT = 1;
    private static final int DOWN = 2;
    private static final int LEFT = 3;

    private static List<Float> list(float[] observation) {
        return List.of(observation[0], observation[1], observation[2]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 49})
    void theSignAloneTellsWhichTurnIsRight(int length) {
        Set<List<Float>> signs = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            for (int turn : new int[] {UP, DOWN}) {
                TMaze maze = new TMaze(length);
                float[] sign = maze.reset(seed).observation();
                assertThat(list(sign)).isIn(List.of(0f, 1f, 1f), List.of(1f, 1f, 0f));
                signs.add(list(sign));
                for (int i = 1; i <= length; i++) {
                    StepResult<float[]> result = maze.step(RIGHT);
                    assertThat(result.ended()).isFalse();
                    assertThat(result.reward()).isZero();
                    // What is seen on the way and at the junction is the same, whatever the sign said.
                    assertThat(list(result.observation()))
                            .isEqualTo(i == length ? List.of(0f, 1f, 0f) : List.of(1f, 0f, 1f));
                }
                StepResult<float[]> end = maze.step(turn);
                boolean success = (sign[2] == 1) == (turn == UP);
                assertThat(end.terminated()).isTrue();
                assertThat(end.reward()).isEqualTo(success ? 4 : -0.1);
                assertThat(end.info()).isEqualTo(Map.of("is_success", success));
                assertThat(list(end.observation())).isEqualTo(List.of(0f, 1f, 0f));
            }
        }
        assertThat(signs).hasSize(2);
    }

    @Test
    void theSignsAreEquallyLikely() {
        TMaze maze = new TMaze();
        long seed = 3;
        int up = 0;
        maze.reset(seed);
        for (int i = 0; i < 1000; i++) {
            up += maze.reset().observation()[2] == 1 ? 1 : 0;
        }
        assertThat(up).as("seed %d", seed).isBetween(420, 580); // five deviations of 16
    }

    @Test
    void stepsIntoWallsAreLostAndCostATenth() {
        TMaze maze = new TMaze(2);
        float[] sign = maze.reset(1).observation();
        assertStep(maze.step(LEFT), -0.1, sign);
        assertStep(maze.step(UP), -0.1, sign);
        assertStep(maze.step(DOWN), -0.1, sign);
        assertStep(maze.step(RIGHT), 0, 1, 0, 1);
        assertStep(maze.step(UP), -0.1, 1, 0, 1);
        assertStep(maze.step(LEFT), 0, sign); // back at the start the sign is seen again
        assertStep(maze.step(RIGHT), 0, 1, 0, 1);
        assertStep(maze.step(RIGHT), 0, 0, 1, 0);
        assertStep(maze.step(RIGHT), -0.1, 0, 1, 0);
        assertStep(maze.step(LEFT), 0, 1, 0, 1);
    }

    private static void assertStep(StepResult<float[]> result, double reward, float... seen) {
        assertThat(result.reward()).isEqualTo(reward);
        assertThat(result.ended()).isFalse();
        assertThat(result.info()).isEmpty();
        assertThat(result.observation()).isEqualTo(seen);
    }

    /** What the page says about returns above 0, in the worst case: all steps that are to spare go into walls. */
    @Test
    void aSuccessWithinTheLimitHasAReturnAboveZero() {
        try (Env<float[], Integer> env = make(Map.of())) {
            boolean up = env.reset(1).observation()[2] == 1;
            double sum = 0;
            StepResult<float[]> result = null;
            List<Integer> actions = new ArrayList<>();
            for (int i = 0; i < 39; i++) {
                actions.add(LEFT);
            }
            for (int i = 0; i < 10; i++) {
                actions.add(RIGHT);
            }
            actions.add(up ? UP : DOWN);
            for (int action : actions) {
                result = env.step(action);
                sum += result.reward();
            }
            assertThat(actions).hasSize(Envs.spec("TMaze-v0").maxEpisodeSteps().orElseThrow());
            assertThat(result.terminated()).isTrue();
            assertThat(sum).isBetween(0.05, 0.15);
        }
    }

    @SuppressWarnings("unchecked") // the spaces of TMaze
    private static Env<float[], Integer> make(Map<String, Object> config) {
        return (Env<float[], Integer>) (Env<?, ?>) Envs.make("TMaze-v0", config);
    }

    @Test
    void refusesCorridorsThatTheLimitDoesNotReach() {
        for (Object length : Arrays.asList(0, 50, "long")) {
            assertThatThrownBy(() -> make(Map.of("corridor_length", length)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("corridor_length")
                    .hasMessageContaining(String.valueOf(length));
        }
        assertThatThrownBy(() -> new TMaze(0)).hasMessageContaining("corridor_length");
        try (Env<float[], Integer> longest = make(Map.of("corridor_length", 49))) {
            boolean up = longest.reset(5).observation()[2] == 1;
            for (int i = 0; i < 49; i++) {
                longest.step(RIGHT);
            }
            assertThat(longest.step(up ? UP : DOWN).reward()).isEqualTo(4);
        }
    }

    @Test
    void isShownAsText() {
        TMaze maze = new TMaze(3);
        boolean up = maze.reset(1).observation()[2] == 1;
        String top = up ? "G" : "o";
        String bottom = up ? "o" : "G";
        assertThat(maze.renderText()).isEqualTo("   " + top + "\nx..+\n   " + bottom + "\n");
        maze.step(RIGHT);
        String sign = up ? "^" : "v";
        assertThat(maze.renderText()).isEqualTo("   " + top + "\n" + sign + "x.+\n   " + bottom + "\n");
        maze.step(RIGHT);
        maze.step(RIGHT);
        maze.step(UP);
        assertThat(maze.renderText()).isEqualTo("   x\n" + sign + "..+\n   " + bottom + "\n");
    }
}
