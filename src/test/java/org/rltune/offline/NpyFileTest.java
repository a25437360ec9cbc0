package org.rltune.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NpyFileTest {
    /** The header as NumPy writes it, 128 bytes in all, for {@code numpy.arange(3, dtype="<i8")}. */
    private static byte[] numpyArange3() {
        String header = "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }";
        byte[] file = new byte[128 + 24];
        Arrays.fill(file, 0, 127, (byte) ' ');
        file[127] = '\n';
        System.arraycopy(HexFormat.of().parseHex("934e554d505901007600"), 0, file, 0, 10);
        System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, file, 10, header.length());
        file[128 + 8] = 1;
        file[128 + 16] = 2;
        return file;
    }

    @Test
    void readsWhatNumpyWrites() {
        NpyFile read = NpyFile.read(numpyArange3(), "a.npy");
        assertThat(read.type()).isEqualTo(NpyType.INT64);
        assertThat(read.shape()).containsExactly(3);
        assertThat((long[]) read.values()).containsExactly(0, 1, 2);
    }

    /** Numbers begin at a multiple of 64, as the format asks for; NumPy itself leaves room for a longer shape. */
    @Test
    void writesAHeaderThatIsAligned() {
        byte[] bytes = NpyFile.write(NpyType.FLOAT32, new int[] {2, 1, 3}, List.of(new float[] {1, 2}, new float[4]));
        int length = (bytes[8] & 0xff) | (bytes[9] & 0xff) << 8;
        assertThat((10 + length) % 64).isZero();
        assertThat(bytes).hasSize(10 + length + 24);
        assertThat(bytes[10 + length - 1]).isEqualTo((byte) '\n');
        String header = new String(bytes, 10, length, StandardCharsets.US_ASCII);
        assertThat(header.strip()).isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 3), }");
        NpyFile read = NpyFile.read(bytes, "b.npy");
        assertThat(read.shape()).containsExactly(2, 1, 3);
        assertThat((float[]) read.rows(0, 1)).containsExactly(1, 2, 0);
    }

    @Test
    void everyTypeComesBackWithItsBits() {
        Object[] all = {
            new float[] {0, -0f, Float.MIN_VALUE, 1e30f},
            new double[] {Math.PI, -0.0},
            new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
            new boolean[] {true, false},
            new float[] {0, 127, 128, 255}
        };
        for (int i = 0; i < all.length; i++) {
            NpyType type = NpyType.values()[i];
            byte[] bytes = NpyFile.write(type, new int[] {NpyType.length(all[i])}, List.of(all[i]));
            assertThat(NpyFile.read(bytes, "c.npy").values()).as("%s", type).isEqualTo(all[i]);
        }
    }

    @Test
    void refusesWhatIsCutOffTooLongOrOfAnotherKind() {
        byte[] whole = numpyArange3();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> NpyFile.read(cut, "d.npy"))
                    .as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("d.npy");
        }
        assertThatThrownBy(() -> NpyFile.read(Arrays.copyOf(whole, whole.length + 1), "d.npy"))
                .hasMessageContaining("needs 24 bytes, but it has 25");
        refused(whole, "False", "True ", "fortran_order");
        refused(whole, "<i8", ">i8", ">i8");
        refused(whole, "(3,)", "(4,)", "needs 32 bytes");
        refused(whole, "(3,), }", "(99999999999,), }", "shape");
        byte[] version = whole.clone();
        version[6] = 9;
        assertThatThrownBy(() -> NpyFile.read(version, "d.npy")).hasMessageContaining("version 9");
    }

    private static void refused(byte[] whole, String from, String to, String words) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        String changed = text.replace(from + " ".repeat(Math.max(0, to.length() - from.length())), to);
        assertThat(changed).isNotEqualTo(text);
        assertThatThrownBy(() -> NpyFile.read(changed.getBytes(StandardCharsets.ISO_8859_1), "d.npy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
