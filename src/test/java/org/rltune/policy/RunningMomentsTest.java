package org.rltune.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

class RunningMomentsTest {
    private static final int COLUMNS = 3;

    /** Rows far from 0 beside their spread, where sums of squares would lose all digits. */
    private static float[] rows(int count, Pcg64 random) {
        float[] rows = new float[count * COLUMNS];
        for (int i = 0; i < count; i++) {
            rows[i * COLUMNS] = (float) (1e4 + 0.1 * random.standardNormal());
            rows[i * COLUMNS + 1] = (float) random.uniform(-3, 5);
            rows[i * COLUMNS + 2] = 7.25f;
        }
        return rows;
    }

    @Test
    void mergedPartsHaveTheMomentsOfTwoPassesOverAllRows() {
        long seed = 11;
        Pcg64 random = new Pcg64(seed);
        int[][] splits = {{1000}, {1, 999}, {500, 0, 499, 1}, {100, 200, 300, 400}};
        float[] rows = rows(1000, random);
        for (int[] split : splits) {
            RunningMoments all = new RunningMoments(COLUMNS);
            int at = 0;
            for (int part : split) {
                RunningMoments own = new RunningMoments(COLUMNS);
                for (int i = 0; i < part; i++) {
                    own.add(rows, at++ * COLUMNS);
                }
                all.merge(own);
            }
            assertThat(all.count()).isEqualTo(1000);
            for (int j = 0; j < COLUMNS; j++) {
                double sum = 0;
                for (int i = 0; i < 1000; i++) {
                    sum += rows[i * COLUMNS + j];
                }
                double mean = sum / 1000;
                double squares = 0;
                for (int i = 0; i < 1000; i++) {
                    squares += (rows[i * COLUMNS + j] - mean) * (rows[i * COLUMNS + j] - mean);
                }
                assertThat(all.mean(j)).as("seed %d", seed).isCloseTo(mean, within(1e-12 * (1 + Math.abs(mean))));
                assertThat(all.variance(j)).isCloseTo(squares / 1000, within(1e-9 * squares / 1000 + 1e-15));
            }
        }
    }

    @Test
    void oneColumnGoesTheSameWayAsARow() {
        RunningMoments row = new RunningMoments(1);
        RunningMoments single = new RunningMoments(1);
        for (float x : new float[] {3, -1, 0.5f, 1e6f}) {
            row.add(new float[] {x}, 0);
            single.add(x);
        }
        assertThat(single.toMap()).usingRecursiveComparison().isEqualTo(row.toMap());
    }

    @Test
    void nothingSeenIsTheStandardDistribution() {
        assertThat(new RunningMoments(1).mean(0)).isZero();
        assertThat(new RunningMoments(1).variance(0)).isOne();
    }

    @Test
    void aSavedStateComesBackBitForBit() {
        RunningMoments moments = new RunningMoments(COLUMNS);
        float[] rows = rows(77, new Pcg64(12));
        for (int i = 0; i < 77; i++) {
            moments.add(rows, i * COLUMNS);
        }
        RunningMoments other = new RunningMoments(COLUMNS);
        other.restore(parsed(moments.toMap()), "file");
        assertThat(other.toMap()).usingRecursiveComparison().isEqualTo(moments.toMap());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(Map<String, Object> map) {
        return (Map<String, Object>) Json.parse(Json.write(map), "moments");
    }

    @Test
    void aDamagedStateIsRefusedWithWhatIsWrong() {
        Map<String, Object> good = parsed(new RunningMoments(2).toMap());
        Map<String, Object> bad = new LinkedHashMap<>();
        bad.put("count", -1L);
        bad.put("mean", List.of(0.0));
        bad.put("m2", List.of(0.0, -1.0));
        bad.forEach((key, value) -> {
            Map<String, Object> one = new LinkedHashMap<>(good);
            one.put(key, value);
            assertThatThrownBy(() -> new RunningMoments(2).restore(one, "policy.json"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("policy.json: " + key);
        });
        Map<String, Object> infinite = new LinkedHashMap<>(good);
        infinite.put("mean", List.of(0.0, "Infinity"));
        assertThatThrownBy(() -> new RunningMoments(2).restore(infinite, "policy.json"))
                .hasMessageContaining("mean[1] is Infinity");
    }
}
