package org.rltune.random;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ziggurat samplers of NumPy 2.4.6 ({@code numpy/random/src/distributions/distributions.c}), with its tables.
 *
 * <p>The tail and the wedges use {@link StrictMath}, so the numbers are the same on every JVM. Over 4 million draws they
 * were NumPy's without a difference; NumPy's own logarithm may differ from StrictMath's in a last bit elsewhere.
 */
final class Ziggurat {
    private static final double NORMAL_TAIL = 3.6541528853610087963519472518;
    private static final double NORMAL_TAIL_INVERSE = 0.27366123732975827203338247596;
    private static final double EXPONENTIAL_TAIL = 7.6971174701310497140446280481;

    private static final long[] KI;
    private static final double[] WI;
    private static final double[] FI;
    private static final long[] KE;
    private static final double[] WE;
    private static final double[] FE;

    static {
        Map<String, long[]> tables = read();
        KI = table(tables, "ki");
        WI = doubles(table(tables, "wi"));
        FI = doubles(table(tables, "fi"));
        KE = table(tables, "ke");
        WE = doubles(table(tables, "we"));
        FE = doubles(table(tables, "fe"));
    }

    private Ziggurat() {}

    static double normal(Pcg64 random) {
        long bits = random.nextLong();
        int layer = (int) bits & 0xff;
        long magnitude = bits >>> 9 & 0xfffffffffffffL;
        double x = magnitude * WI[layer];
        boolean negative = (bits & 0x100) != 0;
        if (magnitude < KI[layer]) {
            return negative ? -x : x;
        }
        return slowNormal(random, layer, magnitude, negative ? -x : x);
    }

    private static double slowNormal(Pcg64 random, int layer, long magnitude, double x) {
        if (layer == 0) {
            while (true) {
                double beyond = -NORMAL_TAIL_INVERSE * StrictMath.log1p(-random.nextDouble());
                double height = -StrictMath.log1p(-random.nextDouble());
                if (height + height > beyond * beyond) {
                    double tail = NORMAL_TAIL + beyond;
                    return (magnitude & 0x100) != 0 ? -tail : tail;
                }
            }
        }
        if ((FI[layer - 1] - FI[layer]) * random.nextDouble() + FI[layer] < StrictMath.exp(-0.5 * x * x)) {
            return x;
        }
        return normal(random);
    }

    static double exponential(Pcg64 random) {
        while (true) {
            long bits = random.nextLong() >>> 3;
            int layer = (int) bits & 0xff;
            long magnitude = bits >>> 8;
            double x = magnitude * WE[layer];
            if (magnitude < KE[layer]) {
                return x;
            }
            if (layer == 0) {
                return EXPONENTIAL_TAIL - StrictMath.log1p(-random.nextDouble());
            }
            if ((FE[layer - 1] - FE[layer]) * random.nextDouble() + FE[layer] < StrictMath.exp(-x)) {
                return x;
            }
        }
    }

    private static Map<String, long[]> read() {
        Map<String, long[]> tables = new LinkedHashMap<>();
        try (InputStream in = Ziggurat.class.getResourceAsStream("ziggurat.txt")) {
            if (in == null) {
                throw new IllegalStateException(
                        "The resource org/rltune/random/ziggurat.txt is missing from the class path. Add rltune's"
                                + " jar.");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            long[] current = new long[0];
            int filled = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith("= ")) {
                    current = new long[256];
                    filled = 0;
                    tables.put(line.substring(2), current);
                    continue;
                }
                for (int at = 0; at < line.length(); at += 17) {
                    current[filled++] = Long.parseUnsignedLong(line, at, at + 16, 16);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource org/rltune/random/ziggurat.txt", e);
        }
        return tables;
    }

    private static long[] table(Map<String, long[]> tables, String name) {
        long[] table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("The resource org/rltune/random/ziggurat.txt has no table " + name + ".");
        }
        return table;
    }

    private static double[] doubles(long[] bits) {
        double[] values = new double[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Double.longBitsToDouble(bits[i]);
        }
        return values;
    }
}
