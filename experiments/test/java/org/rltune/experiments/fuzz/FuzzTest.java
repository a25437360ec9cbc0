package org.rltune.experiments.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rltune.random.Seeds;

/** Some hundred of the inputs of which the record holds ten thousand. */
@Timeout(300)
class FuzzTest {
    private static final long SEED = 20;

    @Test
    void everyInputIsRefusedByNameOrRuns() throws IOException {
        Fuzz.Report report = new Fuzz(SEED, 6, 60).run(400, new PrintWriter(new StringWriter()));
        assertThat(report.bad()).as("seed %d", SEED).isEmpty();
        int refused = count(report, Outcome.Kind.REFUSED_WITH_LINE) + count(report, Outcome.Kind.REFUSED);
        int accepted = count(report, Outcome.Kind.PLANNED) + count(report, Outcome.Kind.RAN);
        // Neither all refused nor all accepted: the mutations reach what is behind the first check.
        assertThat(refused).isBetween(40, 360);
        assertThat(accepted).isBetween(40, 360);
        assertThat(report.counts().get(Outcome.Kind.RAN.words())[0])
                .as("files that ran")
                .isPositive();
        assertThat(report.messages()).hasSizeGreaterThan(20);
    }

    private static int count(Fuzz.Report report, Outcome.Kind kind) {
        int[] counts = report.counts().get(kind.words());
        return counts[0] + counts[1];
    }

    @Test
    void theSameSeedGivesTheSameInputs() {
        Map<String, Object> tree = new LinkedHashMap<>(Map.of("a", List.of(1L, 2L)));
        tree.put("b", Map.of("c", 0.5));
        for (int i = 0; i < 50; i++) {
            Mutations one = new Mutations(Seeds.of(SEED).stream("mutation", i));
            Mutations other = new Mutations(Seeds.of(SEED).stream("mutation", i));
            assertThat(one.text("a: 1\nb: 2")).isEqualTo(other.text("a: 1\nb: 2"));
            assertThat(one.tree(tree)).isEqualTo(other.tree(tree));
        }
    }

    @Test
    void anInputThatHangsIsReportedAsBad() throws IOException {
        Fuzz.Report report = new Fuzz(SEED, 1, 1e-3).run(8, new PrintWriter(new StringWriter()));
        assertThat(report.bad()).anySatisfy(bad -> assertThat(bad).contains("hangs in"));
    }
}
