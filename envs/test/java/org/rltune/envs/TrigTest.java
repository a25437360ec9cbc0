package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** Against NumPy's own answers; the files say where they come from. */
final class TrigTest {
    private static List<String[]> rows(String name) throws IOException {
        try (InputStream in = TrigTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .toList();
        }
    }

    private static double number(String hex) {
        return Double.longBitsToDouble(Long.parseUnsignedLong(hex, 16));
    }

    private static float single(String hex) {
        return Float.intBitsToFloat(Integer.parseUnsignedInt(hex, 16));
    }

    private static String bits(float x) {
        return HexFormat.of().toHexDigits(Float.floatToRawIntBits(x));
    }

    private static String bits(double x) {
        return HexFormat.of().toHexDigits(Double.doubleToRawLongBits(x));
    }

    @Test
    void sineAndCosineHaveTheBitsOfNumpy() throws IOException {
        List<String[]> rows = rows("numpy-trig.txt");
        assertThat(rows).hasSizeGreaterThan(1000);
        for (String[] row : rows) {
            double x = number(row[0]);
            assertThat(bits(Trig.sin(x))).as("sin(%s)", x).isEqualTo(row[1]);
            assertThat(bits(Trig.cos(x))).as("cos(%s)", x).isEqualTo(row[2]);
        }
    }

    @Test
    void sineAndCosineOfFloatsHaveTheBitsOfNumpy() throws IOException {
        List<String[]> rows = rows("numpy-float-trig.txt");
        assertThat(rows).hasSizeGreaterThan(1000);
        for (String[] row : rows) {
            float x = single(row[0]);
            assertThat(bits(FloatTrig.sin(x))).as("sin(%sf)", x).isEqualTo(row[1]);
            assertThat(bits(FloatTrig.cos(x))).as("cos(%sf)", x).isEqualTo(row[2]);
        }
    }

    @Test
    void squaresOfDoublesHaveTheBitsOfNumpy() throws IOException {
        List<String[]> rows = rows("numpy-double-squares.txt");
        assertThat(rows).hasSizeGreaterThan(1000);
        for (String[] row : rows) {
            double x = number(row[0]);
            assertThat(bits(DoubleSquare.of(x))).as("%s ** 2", x).isEqualTo(row[1]);
        }
    }

    @Test
    void squaresHaveTheBitsOfNumpy() throws IOException {
        List<String[]> rows = rows("numpy-squares.txt");
        assertThat(rows).hasSizeGreaterThan(1000);
        for (String[] row : rows) {
            float x = single(row[0]);
            assertThat(bits(FloatSquare.of(x))).as("%sf ** 2", x).isEqualTo(row[1]);
        }
    }

    @Test
    void staysNearTheStrictFunctionsEverywhere() {
        for (double x = -3e8; x < 3e8; x += 1234567.891) {
            assertThat(Math.abs(Trig.sin(x) - StrictMath.sin(x))).isLessThan(3e-16);
            assertThat(Math.abs(Trig.cos(x) - StrictMath.cos(x))).isLessThan(3e-16);
            assertThat(FloatTrig.sin((float) x)).isCloseTo((float) StrictMath.sin((float) x), within(1.5e-7f));
            assertThat(FloatTrig.cos((float) x)).isCloseTo((float) StrictMath.cos((float) x), within(1.5e-7f));
        }
        assertThat(Trig.sin(Double.NaN)).isNaN();
        assertThat(Trig.cos(Double.POSITIVE_INFINITY)).isNaN();
        assertThat(bits(Trig.sin(-0.0))).isEqualTo(bits(-0.0));
    }

    @Test
    void sineAndCosineTogetherAreThoseAlone() {
        Pcg64 random = new Pcg64(5);
        double[] both = new double[3];
        for (int i = 0; i < 200_000; i++) {
            double size = Math.scalb(1 + random.nextDouble(), i % 60 - 30);
            checkBoth(i % 2 == 0 ? size : -size, both);
            checkBoth(random.uniform(-4, 4), both);
        }
        for (double x : new double[] {0.0, -0.0, 0.126, -0.126, 0.85546875, 2.426265, 105414357, 1e300, 1e-300}) {
            checkBoth(x, both);
            checkBoth(Math.nextUp(x), both);
            checkBoth(Math.nextDown(x), both);
        }
    }

    private static void checkBoth(double x, double[] both) {
        Trig.sinCos(x, both, 1);
        assertThat(bits(both[1])).as("sin(%s)", x).isEqualTo(bits(Trig.sin(x)));
        assertThat(bits(both[2])).as("cos(%s)", x).isEqualTo(bits(Trig.cos(x)));
    }

    @Test
    void squaresAreWithinOneUnitInTheLastPlaceOfTheRoundedOnes() {
        for (float x = 1e-25f; x < 1e15f; x *= 1.0137f) {
            assertThat(Math.abs(FloatSquare.of(-x) - x * x)).as("%s ** 2", x).isLessThanOrEqualTo(Math.ulp(x * x));
        }
        assertThat(FloatSquare.of(0)).isZero();
        assertThat(FloatSquare.of(Float.NaN)).isNaN();
        for (double x = 1e-200; x < 1e150; x *= 1.037) {
            assertThat(Math.abs(DoubleSquare.of(-x) - x * x)).as("%s ** 2", x).isLessThanOrEqualTo(Math.ulp(x * x));
        }
        assertThat(DoubleSquare.of(Double.NaN)).isNaN();
        assertThat(DoubleSquare.of(Double.NEGATIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
