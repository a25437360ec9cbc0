package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** Many angles at once against one by one, in the interpreter and compiled. */
final class TrigBatchTest {
    private static final int SIZE = 1000;
    private static final int ROUNDS = 1500; // the compiler has been there long before the last one
    private static final double END = 0.126;

    private final double[] angle = new double[SIZE];
    private final double[] sin = new double[SIZE];
    private final double[] cos = new double[SIZE];
    private final TrigBatch batch = new TrigBatch(SIZE);

    private void requireBits(int from, int to) {
        Arrays.fill(sin, Double.NaN);
        Arrays.fill(cos, Double.NaN);
        batch.sinCos(from, to, angle, sin, cos);
        for (int e = 0; e < SIZE; e++) {
            boolean written = e >= from && e < to;
            assertThat(Double.doubleToLongBits(sin[e]))
                    .as("sin %s at %d of [%d, %d)", angle[e], e, from, to)
                    .isEqualTo(Double.doubleToLongBits(written ? Trig.sin(angle[e]) : Double.NaN));
            assertThat(Double.doubleToLongBits(cos[e]))
                    .as("cos %s at %d of [%d, %d)", angle[e], e, from, to)
                    .isEqualTo(Double.doubleToLongBits(written ? Trig.cos(angle[e]) : Double.NaN));
        }
    }

    @Test
    void hasTheBitsOfTheAnglesOneByOne() {
        Pcg64 random = new Pcg64(5);
        for (int round = 0; round < ROUNDS; round++) {
            double width = round % 3 == 0 ? TrigBatch.LIMIT : round % 3 == 1 ? 0.25 : Math.scalb(1.0, -(round % 60));
            for (int e = 0; e < SIZE; e++) {
                angle[e] = random.uniform(-width, width);
            }
            batch.sinCos(0, SIZE, angle, sin, cos);
            if (round < 3 || round >= ROUNDS - 6) {
                requireBits(0, SIZE);
            }
        }
    }

    @Test
    void hasThemWhereOneWayEndsAndTheNextBegins() {
        int e = 0;
        for (double sign : new double[] {1, -1}) {
            for (int k = 0; k <= 108; k++) { // the rows of the table, and half way between them
                angle[e++] = sign * k / 128;
                angle[e++] = Math.nextDown(sign * (k + 0.5) / 128);
                angle[e++] = Math.nextUp(sign * (k + 0.5) / 128);
            }
            for (double x :
                    new double[] {END, Math.nextDown(END), Math.nextUp(END), 0x1p-26, 0x1p-27, 1e-300, 5e-324}) {
                angle[e++] = sign * x;
            }
        }
        Arrays.setAll(angle, i -> angle[i] == 0 ? 0 : angle[i]); // no -0
        requireBits(0, SIZE);
    }

    @Test
    void writesItsRangeOnly() {
        Pcg64 random = new Pcg64(6);
        Arrays.setAll(angle, e -> random.uniform(-0.3, 0.3));
        for (int from = 0; from < 40; from++) {
            requireBits(from, SIZE - 3 * from);
            requireBits(from, from + from % 9);
        }
    }
}
