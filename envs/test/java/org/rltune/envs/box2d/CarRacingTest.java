package org.rltune.envs.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;

final class CarRacingTest {
    @Test
    void drawsTheTracksThatGymnasiumDraws() {
        // Tiles of the tracks of seeds 0 to 4, counted in Gymnasium 1.3.0.
        int[] tiles = {319, 275, 335, 271, 275};
        for (int seed = 0; seed < tiles.length; seed++) {
            CarRacing env = new CarRacing();
            env.reset(seed);
            assertThat(env.scene().track.length).as("seed " + seed).isEqualTo(tiles[seed]);
            env.close();
        }
    }

    @Test
    void drivesAsGymnasiumOnAStraightRoad() {
        CarRacing env = new CarRacing();
        env.reset(0);
        double sum = 0;
        for (int i = 0; i < 30; i++) {
            sum += env.step(new float[] {0.1f, 0.5f, 0}).reward();
        }
        // Gymnasium 1.3.0: position of the hull and return after the same 30 steps.
        assertThat(env.scene().car.hull.getPosition().x).isCloseTo(222.30069f, within(1e-3f));
        assertThat(env.scene().car.hull.getPosition().y).isCloseTo(-43.263744f, within(1e-3f));
        assertThat(sum).isCloseTo(12.67398119122258, within(1e-9));
        env.close();
    }

    /** The first tile counts in the first step, the next ones when a wheel reaches them. */
    @Test
    void paysWhatGymnasiumPaysForEachTile() throws IOException {
        List<String> lines;
        try (InputStream in = getClass().getResourceAsStream("car_racing_rewards.txt")) {
            lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        assertThat(lines).hasSize(4);
        for (String line : lines) {
            String[] numbers = line.split(" ");
            CarRacing env = new CarRacing();
            env.reset(Long.parseLong(numbers[0]));
            for (int step = 1; step < numbers.length; step++) {
                assertThat(env.step(new float[] {0, 0.6f, 0}).reward())
                        .as("seed %s, step %d", numbers[0], step)
                        .isCloseTo(Double.parseDouble(numbers[step]), within(5.1e-5));
            }
            env.close();
        }
    }

    @Test
    void showsTheSameBytesAgainAndOtherBytesLater() {
        CarRacingDiscrete env = new CarRacingDiscrete();
        byte[] first = env.reset(3).observation();
        byte[] kept = first.clone();
        byte[] later = env.step(3).observation();
        for (int i = 0; i < 30; i++) {
            later = env.step(3).observation();
        }
        assertThat(first).isEqualTo(kept).isNotEqualTo(later);
        assertThat(env.observationSpace().violation(later)).isNull();
        assertThat(env.reset(3).observation()).isEqualTo(kept);
        assertThat(env.renderFrame().getWidth()).isEqualTo(600);
        assertThat(env.renderFrame().getHeight()).isEqualTo(400);
        env.close();
    }

    @Test
    void paintsAnewOnlyWhereItMay() {
        @SuppressWarnings("unchecked")
        Env<byte[], float[]> env = (Env<byte[], float[]>) Envs.make("CarRacing-v3", Map.of("domain_randomize", true));
        byte[] first = env.reset(3).observation();
        byte[] same = env.reset(null, Map.of("randomize", false)).observation();
        assertThat(same[0]).isEqualTo(first[0]);
        assertThatThrownBy(() -> new CarRacing().reset(1L, Map.of("randomize", true)))
                .hasMessageContaining("domain_randomize");
        assertThatThrownBy(() -> Envs.make("CarRacing-v3", Map.of("lap_complete_percent", 2)))
                .hasMessageContaining("lap_complete_percent");
        env.close();
    }

    @Test
    void fillsExactlyTheSamplesInsideAPolygon() {
        Raster raster = new Raster(4, 4, 2);
        raster.clear(0);
        raster.fill(new double[] {1, 1, 3, 1, 3, 2.5, 1, 2.5}, 4, 0xff8000);
        byte[] bytes = raster.toBytes();
        assertThat(bytes[0]).isZero();
        int inside = 3 * (4 + 1);
        assertThat(bytes[inside]).isEqualTo((byte) 255);
        assertThat(bytes[inside + 1]).isEqualTo((byte) 128);
        int half = 3 * (8 + 1);
        assertThat(bytes[half]).isEqualTo((byte) 128);
    }

    @Test
    void costsATenthOfAPointInEachStep() {
        CarRacingDiscrete env = new CarRacingDiscrete();
        env.reset(1);
        for (int i = 0; i < 20; i++) {
            env.step(0);
        }
        StepResult<byte[]> result = env.step(0);
        assertThat(result.reward()).isCloseTo(-0.1, within(1e-9));
        assertThat(result.ended()).isFalse();
        env.close();
    }
}
