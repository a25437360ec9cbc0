package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.rltune.experiments.Mains;

/** A benchmark's command line, run in this JVM, and what it said. */
record BenchRun(int exitCode, String out, String err) {
    static BenchRun of(Callable<Integer> main, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Mains.execute(main, new PrintWriter(out), new PrintWriter(err), args);
        return new BenchRun(code, out.toString(), err.toString());
    }

    void assertRefused(String part) {
        assertThat(exitCode).as(err).isEqualTo(2);
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(err).startsWith("Error: ").contains(part);
        assertThat(out).isEmpty();
    }
}
