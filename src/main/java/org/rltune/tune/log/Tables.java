package org.rltune.tune.log;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rltune.tune.Table;

/** Writes tables: as CSV for programs, as text for people. */
public final class Tables {
    private static final int WIDEST = 60;

    private Tables() {}

    /** Returns a table as CSV (RFC 4180): the columns' names, then the rows; numbers with all their digits, no cell as nothing. */
    public static String csv(Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.columns());
        table.rows()
                .forEach(row -> lines.add(row.stream().map(WideningCsv::cell).toList()));
        return WideningCsv.write(lines);
    }

    /**
     * Writes a table as a CSV file, in one step.
     *
     * @throws java.io.UncheckedIOException naming the file and the cause, if it cannot be written
     */
    public static void writeCsv(Table table, Path file) {
        LogFiles.replace(file, csv(table));
    }

    /** Returns a table as lines of text: numbers short and to the right, no cell as {@code -}; ends with a line feed. */
    public static String text(Table table) {
        int width = table.columns().size();
        Column[] columns = new Column[width];
        for (int c = 0; c < width; c++) {
            String name = table.columns().get(c);
            boolean numbers = table.column(name).stream().allMatch(cell -> cell == null || cell instanceof Number);
            HorizontalAlign align = numbers ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
            columns[c] = new Column()
                    .header(name)
                    .headerAlign(align)
                    .dataAlign(align)
                    .maxWidth(WIDEST);
        }
        String[][] cells = new String[table.size()][];
        for (int r = 0; r < cells.length; r++) {
            cells[r] = table.rows().get(r).stream()
                    .map(cell -> cell == null ? "-" : Figures.value(cell))
                    .toArray(String[]::new);
        }
        return AsciiTable.builder()
                .border(StatusTable.BORDER)
                .lineSeparator("\n")
                .data(columns, cells)
                .asString()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
