package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canonical encoding, byte for byte by a second route, and what must and must not change the digest. */
class DigestTest {
    @TempDir
    Path storage;

    @Test
    void encodesEveryTypeAsItsJavadocSays() throws IOException, NoSuchAlgorithmException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte('M');
            out.writeInt(4);
            writeText(out, "Z");
            out.writeByte('B');
            out.writeBoolean(true);
            writeText(out, "a");
            out.writeByte('D');
            out.writeLong(0x3ff8000000000000L); // 1.5
            writeText(out, "b");
            out.writeByte('L');
            out.writeInt(3);
            out.writeByte('I');
            out.writeLong(-7);
            out.writeByte('N');
            writeText(out, "\u00e4");
            writeText(out, "c");
            out.writeByte('X');
            out.writeInt(2);
            out.write(new byte[] {9, 8});
        }
        java.util.List<Object> list = new java.util.ArrayList<>(List.of(-7));
        list.add(null);
        list.add("\u00e4");
        String digest = new Digest()
                .add(Map.of("c", new byte[] {9, 8}, "b", list, "a", 1.5f, "Z", true))
                .hex();
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        assertThat(digest).isEqualTo(HexFormat.of().formatHex(expected));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte('S');
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    @Test
    void tellsNearNumbersApart() {
        assertThat(hex(0.0)).isNotEqualTo(hex(-0.0)).isNotEqualTo(hex(0L)).isNotEqualTo(hex(Double.MIN_VALUE));
        assertThat(hex(Double.NaN)).isEqualTo(hex(Double.longBitsToDouble(0x7ff8000000000001L)));
        assertThat(hex(3)).isEqualTo(hex(3L));
    }

    private static String hex(Object value) {
        return new Digest().add(value).hex();
    }

    @Test
    void refusesWhatHasNoEncoding() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hex(BigInteger.ONE))
                .withMessageContaining("BigInteger");
    }

    @Test
    void changesWithMetricsAndFinalStatesButNotWithTimes() {
        String plain = run("plain", new Quadratic());
        assertThat(run("again", Quadratic.scrambled())).isEqualTo(plain);
        assertThat(run(
                        "timers",
                        new Quadratic((id, i, row) -> Quadratic.with(row, "timers", Map.of("s", System.nanoTime())))))
                .isEqualTo(plain);
        assertThat(run(
                        "metric",
                        new Quadratic((id, i, row) ->
                                i == 5 && id.equals("t00003") ? Quadratic.with(row, "score", -1.0) : row)))
                .isNotEqualTo(plain);
        Quadratic otherState = new Quadratic() {
            @Override
            public Trainable create(TrialContext context) {
                Trainable inner = super.create(context);
                return new Saving(inner);
            }
        };
        assertThat(run("state", otherState)).isNotEqualTo(plain);
    }

    @Test
    void doesNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        try {
            String here = population("here");
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(population("there")).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    private String run(String name, TrainableSpec spec) {
        return Runs.run(storage, spec, run -> run.name(name)).digest();
    }

    private String population(String name) {
        return Runs.run(
                        storage,
                        new Quadratic(),
                        run -> run.name(name).scheduler(Runs.pbt(2)).stop("training_iteration", 5))
                .digest();
    }

    /** Saves one byte more. */
    private record Saving(Trainable inner) implements Trainable {
        @Override
        public Iteration train() {
            return inner.train();
        }

        @Override
        public Map<String, byte[]> save() {
            Map<String, byte[]> files = new java.util.TreeMap<>(inner.save());
            files.put("more.bin", new byte[1]);
            return files;
        }

        @Override
        public void restore(Map<String, byte[]> files) {
            inner.restore(files);
        }

        @Override
        public void adopt(Map<String, byte[]> donorFiles) {
            inner.adopt(donorFiles);
        }

        @Override
        public void configure(org.rltune.tune.space.HyperParams config) {
            inner.configure(config);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
