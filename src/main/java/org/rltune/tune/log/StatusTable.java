package org.rltune.tune.log;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The table of trials. Long column names are broken at their underscores until the table is narrow enough; columns that
 * still do not fit are named below it.
 */
final class StatusTable {
    static final Character[] BORDER = border();

    private StatusTable() {}

    /** Returns the table's lines, none of them longer than {@code width} where that is possible. */
    static List<String> lines(ConsoleView view, int width, int maxRows) {
        boolean cut = view.trials().size() > maxRows;
        List<ConsoleView.Line> shown = cut ? view.bestFirst().subList(0, maxRows) : view.trials();
        List<Cells> columns = new ArrayList<>(columns(view, shown));
        List<String> left = new ArrayList<>();
        int headerWidth = fit(columns, width);
        while (headerWidth == 0 && columns.size() > 6) {
            left.add(0, columns.remove(columns.size() - 1).header());
            headerWidth = fit(columns, width);
        }
        List<String> lines = new ArrayList<>(render(columns, Math.max(headerWidth, 4)));
        if (cut) {
            lines.add("  ... " + (view.trials().size() - maxRows) + " more trials not shown ("
                    + StatusReport.counts(view) + " in all)");
        }
        if (!left.isEmpty()) {
            lines.add("  no room for: " + String.join(", ", left));
        }
        return lines;
    }

    private static List<Cells> columns(ConsoleView view, List<ConsoleView.Line> lines) {
        Stream<Cells> fixed = Stream.of(
                Cells.of("trial", false, lines, ConsoleView.Line::id),
                Cells.of("status", false, lines, ConsoleView.Line::status),
                Cells.of("iter", true, lines, line -> Integer.toString(line.iteration())),
                Cells.of("total time (s)", true, lines, line -> seconds(line.seconds())),
                Cells.of("ts", true, lines, line -> timesteps(line.timesteps())),
                Cells.of("reward", true, lines, line -> Figures.number(line.score())));
        Stream<Cells> chosen = view.hyperparameters().stream()
                .map(name -> Cells.of(name, true, lines, line -> hyperparameter(line, name)));
        return Stream.concat(fixed, chosen).toList();
    }

    /** Returns the value, or nothing while another value does away with the name. */
    private static String hyperparameter(ConsoleView.Line line, String name) {
        Object value = line.config().get(name);
        return value == null ? "" : Figures.value(value);
    }

    private static String seconds(OptionalDouble seconds) {
        return seconds.isPresent() ? String.format(Locale.ROOT, "%.1f", seconds.getAsDouble()) : "-";
    }

    private static String timesteps(OptionalLong timesteps) {
        return timesteps.isPresent() ? Figures.count(timesteps.getAsLong()) : "-";
    }

    /** Returns the widest header width with which the table fits, or 0 if there is none. */
    private static int fit(List<Cells> columns, int width) {
        for (int header = 32; header >= 4; header--) {
            int limit = header;
            int total =
                    columns.stream().mapToInt(column -> column.width(limit) + 2).sum();
            if (total <= width) {
                return header;
            }
        }
        return 0;
    }

    private static List<String> render(List<Cells> columns, int headerWidth) {
        int height = columns.stream()
                .mapToInt(column ->
                        HeaderLines.broken(column.header(), headerWidth).size())
                .max()
                .orElse(1);
        Column[] heads = columns.stream()
                .map(column -> new Column()
                        .header(HeaderLines.standing(column.header(), headerWidth, height))
                        .headerAlign(column.align())
                        .dataAlign(column.align())
                        .maxWidth(200))
                .toArray(Column[]::new);
        int rows = columns.get(0).values().size();
        String[][] data = new String[rows][columns.size()];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns.size(); c++) {
                data[r][c] = columns.get(c).values().get(r);
            }
        }
        return AsciiTable.builder()
                .border(BORDER)
                .lineSeparator("\n")
                .data(heads, data)
                .asString()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Nothing but a line below the header: ascii-table's array has 29 places, the header's line is in 7 to 10. */
    private static Character[] border() {
        Character[] border = AsciiTable.NO_BORDERS.clone();
        border[8] = '-';
        return border;
    }

    /** A column's name and texts. */
    private record Cells(String header, HorizontalAlign align, List<String> values) {
        static Cells of(
                String header, boolean right, List<ConsoleView.Line> lines, Function<ConsoleView.Line, String> text) {
            return new Cells(
                    header,
                    right ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT,
                    lines.stream().map(text).toList());
        }

        int width(int headerWidth) {
            int widest = HeaderLines.broken(header, headerWidth).stream()
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            return Math.max(
                    widest, values.stream().mapToInt(String::length).max().orElse(0));
        }
    }
}
