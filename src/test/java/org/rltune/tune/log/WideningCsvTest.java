package org.rltune.tune.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WideningCsvTest {
    @TempDir
    Path folder;

    @Test
    void widensForColumnsThatComeLateAndKeepsTheirOrder() throws Exception {
        WideningCsv csv = new WideningCsv(file(), new OpenFiles());
        csv.append(row("b", 1L, "a", 0.5));
        csv.append(row("a", 1.5, "late", "x", "b", 2L));
        csv.append(row("b", 3L));
        assertThat(Files.readString(file())).isEqualTo("""
            b,a,late
            1,0.5,
            2,1.5,x
            3,,
            """);
        assertThat(Files.list(folder)).containsExactly(file());
    }

    @Test
    void goesOnWithAnExistingFile() throws Exception {
        new WideningCsv(file(), new OpenFiles()).append(row("a", 1L, "b", 2L));
        WideningCsv again = new WideningCsv(file(), new OpenFiles());
        again.append(row("b", 3L));
        again.append(row("c", 4L, "a", 5L));
        assertThat(Files.readString(file())).isEqualTo("a,b,c\n1,2,\n,3,\n5,,4\n");
    }

    @Test
    void quotesCommasQuotesAndNewlinesAsRfc4180Says() throws Exception {
        WideningCsv csv = new WideningCsv(file(), new OpenFiles());
        csv.append(row("tag, with comma", "3_lr=0.001,gamma=\"x\"", "text", "two\nlines"));
        csv.append(row("new", "ü"));
        assertThat(Files.readString(file()))
                .isEqualTo("\"tag, with comma\",text,new\n"
                        + "\"3_lr=0.001,gamma=\"\"x\"\"\",\"two\nlines\",\n"
                        + ",,ü\n");
    }

    @Test
    void flattensMapsAndWritesListsAsJson() throws Exception {
        Map<String, Object> nested = row("inner", row("leaf", true), "list", List.of(1L, "a"));
        new WideningCsv(file(), new OpenFiles()).append(row("outer", nested));
        assertThat(Files.readString(file())).isEqualTo("outer/inner/leaf,outer/list\ntrue,\"[1,\"\"a\"\"]\"\n");
    }

    @Test
    void writesNumbersAlikeInEveryLocale() throws Exception {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            new WideningCsv(file(), new OpenFiles())
                    .append(row("a", 1234567.5, "b", 1e-5, "c", Double.NaN, "d", -1L, "e", true));
        } finally {
            Locale.setDefault(before);
        }
        List<String> lines = Files.readAllLines(file());
        String[] cells = lines.get(1).split(",");
        assertThat(cells).hasSize(5);
        assertThat(Double.parseDouble(cells[0])).isEqualTo(1234567.5);
        assertThat(Double.parseDouble(cells[1])).isEqualTo(1e-5);
        assertThat(cells).endsWith("NaN", "-1", "true");
    }

    @Test
    void aRowWithoutAnyCellIsStillARow() throws Exception {
        WideningCsv csv = new WideningCsv(file(), new OpenFiles());
        csv.append(row("a", "x"));
        csv.append(row("a", ""));
        csv.append(row("b", "y"));
        WideningCsv again = new WideningCsv(file(), new OpenFiles());
        again.append(row("c", "z"));
        assertThat(Files.readAllLines(file())).hasSize(5);
    }

    @Test
    void namesTheFileTheCauseAndTheRemedy() throws Exception {
        Files.createDirectory(file());
        OpenFiles open = new OpenFiles();
        assertThatThrownBy(() -> open.append(file(), "a"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("directory")
                .hasMessageContaining("Check that");
    }

    private Path file() {
        return folder.resolve("progress.csv");
    }

    private static Map<String, Object> row(Object... entries) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            row.put((String) entries[i], entries[i + 1]);
        }
        return row;
    }
}
