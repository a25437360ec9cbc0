package org.rltune.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets NumPy read what is written, and reads what NumPy writes. It runs where the Python that the environment variable {@code
 * RLTUNE_PYTHON} names (or else {@code python3}) has the package numpy.
 */
class RealNumpyTest {
    private static final String CODE = String.join(
            "\n",
            "import sys, numpy as np",
            "folder = sys.argv[1]",
            "f4 = np.load(folder + '/f4.npy'); f8 = np.load(folder + '/f8.npy'); i8 = np.load(folder + '/i8.npy')",
            "b1 = np.load(folder + '/b1.npy'); u1 = np.load(folder + '/u1.npy')",
            "for a in (f4, f8, i8, b1, u1): print(a.dtype, a.shape, a.flags['C_CONTIGUOUS'], a.ravel().tolist())",
            "np.save(folder + '/back.npy', f4 * 2)",
            "np.save(folder + '/seeds.npy', i8 - 1)");

    @TempDir
    Path folder;

    private static int run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static boolean hasNumpy(String python, Path output) throws InterruptedException {
        try {
            return run(output, python, "-c", "import numpy") == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    private void write(String name, NpyType type, int[] shape, Object values) throws IOException {
        Files.write(folder.resolve(name + ".npy"), NpyFile.write(type, shape, List.of(values)));
    }

    @Test
    void numpyReadsWhatIsWrittenAndIsRead() throws Exception {
        String python = Objects.requireNonNullElse(System.getenv("RLTUNE_PYTHON"), "python3");
        Path output = folder.resolve("output.txt");
        assumeTrue(
                hasNumpy(python, output),
                python + " cannot import numpy. Install it, or name another Python in RLTUNE_PYTHON.");
        write("f4", NpyType.FLOAT32, new int[] {2, 3}, new float[] {0.5f, -1, 2, 3, 4, 1e10f});
        write("f8", NpyType.FLOAT64, new int[] {2}, new double[] {Math.PI, -1e300});
        write("i8", NpyType.INT64, new int[] {2, 1}, new long[] {Long.MAX_VALUE, -5});
        write("b1", NpyType.BOOL, new int[] {3}, new boolean[] {true, false, true});
        write("u1", NpyType.UINT8, new int[] {1, 2, 2}, new float[] {0, 1, 128, 255});
        int code = run(output, python, "-c", CODE, folder.toString());
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(code).as(said).isZero();
        assertThat(said.lines())
                .containsExactly(
                        "float32 (2, 3) True [0.5, -1.0, 2.0, 3.0, 4.0, 10000000000.0]",
                        "float64 (2,) True [3.141592653589793, -1e+300]",
                        "int64 (2, 1) True [9223372036854775807, -5]",
                        "bool (3,) True [True, False, True]",
                        "uint8 (1, 2, 2) True [0, 1, 128, 255]");
        NpyFile back = NpyFile.read(Files.readAllBytes(folder.resolve("back.npy")), "back.npy");
        assertThat(back.shape()).containsExactly(2, 3);
        assertThat((float[]) back.values()).containsExactly(1, -2, 4, 6, 8, 2e10f);
        NpyFile seeds = NpyFile.read(Files.readAllBytes(folder.resolve("seeds.npy")), "seeds.npy");
        assertThat((long[]) seeds.values()).containsExactly(Long.MAX_VALUE - 1, -6);
    }
}
