package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EnvBenchTest {
    @Test
    void printsARowForEachEnvironment() {
        StringWriter out = new StringWriter();
        int code = new CommandLine(new EnvBench())
                .setOut(new PrintWriter(out))
                .execute("--quick", "--envs", "CartPole-v1,Pendulum-v1", "--sizes", "3");
        assertThat(code).isZero();
        assertThat(out.toString()).contains("3 at once");
        assertThat(out.toString().lines().filter(line -> line.matches("(CartPole|Pendulum)-v1( +[0-9,]+){4}")))
                .hasSize(2);
    }
}
