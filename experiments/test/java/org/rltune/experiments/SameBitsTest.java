package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second test run of the build does this on plain kernels, in another locale; CI also starts other JVMs. */
final class SameBitsTest {
    /** Taken once, on JDK 17 and vector kernels of 16 lanes. */
    private static final String FROZEN = "5ec875f9a8045dda44521283 6ed585d037693290b17cd5ce";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aSmallRunGivesTheSameBitsEverywhere(int threads) throws IOException {
        assertThat(SameBits.digest(threads)).isEqualTo(FROZEN);
    }

    @Test
    void refusesAFolderWithoutAJdk() {
        StringWriter err = new StringWriter();
        int code = Mains.execute(
                new SameBits(), new PrintWriter(new StringWriter()), new PrintWriter(err), "--jdk", "nowhere");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--jdk nowhere").contains("no bin/java");
    }
}
