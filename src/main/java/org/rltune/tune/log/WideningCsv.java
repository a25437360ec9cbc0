package org.rltune.tune.log;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * A CSV file (RFC 4180, UTF-8) whose columns may come late. A row with new columns rewrites the file atomically: the new
 * columns stand at the end, and earlier rows get empty cells there. Ray Tune fixes its columns by the first row and drops
 * the later ones without a word (ray#13766 and others).
 */
final class WideningCsv {
    private final Path file;
    private final OpenFiles open;
    private final Set<String> columns = new LinkedHashSet<>();

    /** Goes on with the file if it exists. */
    WideningCsv(Path file, OpenFiles open) {
        this.file = file;
        this.open = open;
        List<CsvRecord> records = parse(LogFiles.readIfExists(file));
        if (!records.isEmpty()) {
            columns.addAll(records.get(0).getFields());
        }
    }

    /** Adds a row; nested maps become columns such as {@code outer/inner}, lists become JSON text. */
    void append(Map<String, ?> row) {
        Map<String, String> cells = new LinkedHashMap<>();
        flatten("", row, cells);
        boolean isNew = columns.isEmpty();
        if (columns.addAll(cells.keySet())) {
            if (isNew) {
                open.append(file, write(List.of(List.copyOf(columns), line(cells))));
            } else {
                widen(cells);
            }
        } else {
            open.append(file, write(List.of(line(cells))));
        }
    }

    private void widen(Map<String, String> cells) {
        List<CsvRecord> records = parse(LogFiles.readIfExists(file));
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.copyOf(columns));
        for (CsvRecord earlier : records.subList(Math.min(1, records.size()), records.size())) {
            List<String> padded = new ArrayList<>(earlier.getFields());
            while (padded.size() < columns.size()) {
                padded.add("");
            }
            lines.add(padded);
        }
        lines.add(line(cells));
        open.close(file);
        LogFiles.replace(file, write(lines));
    }

    private List<String> line(Map<String, String> cells) {
        return columns.stream().map(column -> cells.getOrDefault(column, "")).toList();
    }

    private static void flatten(String prefix, Map<?, ?> row, Map<String, String> cells) {
        row.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> nested) {
                flatten(name + "/", nested, cells);
            } else {
                cells.put(name, cell(value));
            }
        });
    }

    static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.toString();
        }
        return value instanceof String text ? text : Json.write(value);
    }

    private static List<CsvRecord> parse(String text) {
        return CsvReader.builder().skipEmptyLines(false).ofCsvRecord(text).stream()
                .toList();
    }

    static String write(Collection<List<String>> lines) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            lines.forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException("A CSV line could not be made in memory.", e);
        }
        return text.toString();
    }
}
