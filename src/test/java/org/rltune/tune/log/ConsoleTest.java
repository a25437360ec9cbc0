package org.rltune.tune.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.tune.Mode;

final class ConsoleTest {
    private static final List<String> SIX =
            List.of("clip_param", "lambda", "lr", "train_batch_size", "num_sgd_iter", "sgd_minibatch_size");

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "487.13, 487.1",
        "500, 500.0",
        "-1234.56, -1234.6",
        "0.21344, 0.2134",
        "3.21e-4, 3.21e-4",
        "0.01, 0.0100",
        "12345.6, 12346",
        "1e9, 1.00e9",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void writesNumbersShort(double value, String text) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Figures.number(value)).isEqualTo(text);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 s", "8.24, 8.2 s", "59.96, 1 min 00 s", "185, 3 min 05 s", "7625, 2 h 07 min"})
    void writesDurationsInTheirUnits(double seconds, String text) {
        assertThat(Figures.duration(seconds)).isEqualTo(text);
    }

    @Test
    void keepsTheTableWithin120ColumnsForSixHyperparameters() {
        List<String> lines = StatusTable.lines(view(8, 50), 120, 20);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        String header = String.join(" ", lines.subList(0, 4));
        assertThat(header).contains("trial", "status", "iter", "total", "ts", "reward", "lambda", "lr");
        assertThat(String.join("\n", lines)).contains("sgd_").doesNotContain("no room");
        assertThat(lines)
                .filteredOn(line -> line.contains("RUNNING"))
                .hasSize(8)
                .allSatisfy(line -> assertThat(line.strip().split(" +")).hasSize(12));
    }

    @Test
    void namesTheColumnsForWhichThereIsNoRoom() {
        List<String> names =
                IntStream.range(0, 30).mapToObj(i -> "hyperparameter_" + i).toList();
        Map<String, Object> config = new LinkedHashMap<>();
        names.forEach(name -> config.put(name, 123456L));
        ConsoleView.Line line = new ConsoleView.Line(
                "t00000", "RUNNING", 1, OptionalDouble.of(1), OptionalLong.of(1), OptionalDouble.empty(), config);
        List<String> lines = StatusTable.lines(view(List.of(line), names), 120, 20);
        assertThat(lines.get(lines.size() - 1)).startsWith("  no room for: ").endsWith("hyperparameter_29");
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void showsTheBestOfManyTrialsAndCountsTheOthers() {
        ConsoleView view = view(64, 3);
        List<String> lines = StatusTable.lines(view, 120, 20);
        assertThat(lines).filteredOn(line -> line.contains(" RUNNING ")).hasSize(21);
        assertThat(lines.get(lines.size() - 1)).isEqualTo("  ... 44 more trials not shown (64 RUNNING in all)");
        assertThat(String.join("\n", lines)).contains(view.best().orElseThrow().id());
    }

    @Test
    void ranksByModeAndLeavesOutTrialsWithoutAScore() {
        ConsoleView.Line none = line("t00000", OptionalDouble.empty());
        ConsoleView.Line nan = line("t00001", OptionalDouble.of(Double.NaN));
        ConsoleView.Line low = line("t00002", OptionalDouble.of(-5));
        ConsoleView.Line high = line("t00003", OptionalDouble.of(3));
        ConsoleView max = view(List.of(none, nan, low, high), List.of());
        assertThat(max.best().orElseThrow().id()).isEqualTo("t00003");
        assertThat(max.median()).hasValue(-1);
        assertThat(max.bestFirst()).extracting(ConsoleView.Line::id).startsWith("t00003", "t00002");
        ConsoleView min = new ConsoleView(
                "m",
                Mode.MIN,
                List.of(),
                max.trials(),
                0,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of());
        assertThat(min.best().orElseThrow().id()).isEqualTo("t00002");
        ConsoleView empty = view(List.of(none, nan), List.of());
        assertThat(empty.best()).isEmpty();
        assertThat(StatusReport.best(empty)).isEqualTo("No trial has reported m yet");
    }

    @Test
    void saysLittleInAPipeHoweverManyRowsCome() {
        // The main job, and the same with a hundred times as many rows over the same time.
        for (int rows : new int[] {400, 40_000}) {
            ReportPace pace = new ReportPace();
            int lines = 0;
            int tables = 0;
            for (int i = 1; i <= rows; i++) {
                double progress = (double) i / rows;
                ReportPace.Print what = pace.next(OptionalDouble.of(progress), 420 * progress, i >= 8);
                lines += what == ReportPace.Print.LINE ? 1 : 0;
                tables += what == ReportPace.Print.TABLE ? 1 : 0;
            }
            assertThat(tables).isEqualTo(4);
            assertThat(lines).isBetween(10, 30);
        }
    }

    @Test
    void saysSomethingAtGrowingIntervalsWhereTheEndIsUnknown() {
        ReportPace pace = new ReportPace();
        List<Integer> said = new ArrayList<>();
        for (int second = 0; second < 7200; second++) {
            if (pace.next(OptionalDouble.empty(), second, second > 3) != ReportPace.Print.NOTHING) {
                said.add(second);
            }
        }
        assertThat(said.get(0)).isEqualTo(4);
        assertThat(said).hasSizeBetween(8, 15);
    }

    @Test
    void redrawsInTheSamePlace() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LiveBlock block = new LiveBlock(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        block.show(List.of("a", "b"));
        block.show(List.of("c"));
        block.erase();
        block.erase();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?7la\nb\n\u001b[?7h"
                        + "\u001b[2A\r\u001b[J\u001b[?7lc\n\u001b[?7h"
                        + "\u001b[1A\r\u001b[J");
    }

    @Test
    void respectsWhoWantsPlainLines() {
        assertThat(Terminals.wanted(Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminals.wanted(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminals.wanted(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
        assertThat(Terminals.wanted(Map.of("NO_COLOR", ""))).isTrue();
    }

    private static ConsoleView.Line line(String id, OptionalDouble score) {
        return new ConsoleView.Line(id, "RUNNING", 1, OptionalDouble.of(1), OptionalLong.of(1), score, Map.of());
    }

    private static ConsoleView view(int trials, int iteration) {
        List<ConsoleView.Line> lines = IntStream.range(0, trials)
                .mapToObj(i -> new ConsoleView.Line(
                        String.format(Locale.ROOT, "t%05d", i),
                        "RUNNING",
                        iteration,
                        OptionalDouble.of(431.27),
                        OptionalLong.of(1_493_832L + i),
                        OptionalDouble.of(500 - (i * 37) % 101),
                        Map.of(
                                "clip_param",
                                0.21344,
                                "lambda",
                                0.95123,
                                "lr",
                                3.21456e-4,
                                "train_batch_size",
                                58_211L,
                                "num_sgd_iter",
                                28L,
                                "sgd_minibatch_size",
                                16_002L)))
                .toList();
        return view(lines, SIX);
    }

    private static ConsoleView view(List<ConsoleView.Line> lines, List<String> names) {
        return new ConsoleView(
                "m",
                Mode.MAX,
                names,
                lines,
                0,
                61.5,
                OptionalDouble.of(0.35),
                OptionalDouble.of(130),
                List.of("PopulationBasedTraining: 12 exploits"));
    }
}
