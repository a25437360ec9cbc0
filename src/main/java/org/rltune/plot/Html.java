package org.rltune.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.log.Figures;

/** Pieces of a page. Every text that comes from elsewhere goes through {@link #escape}. */
final class Html {
    private Html() {}

    /** A cell: what it shows, the number that it is sorted by if it has one, and whether it stands for a number. */
    record Cell(String html, String sortKey, boolean number) {
        static Cell text(@Nullable Object text) {
            return new Cell(escape(text == null ? "" : String.valueOf(text)), "", false);
        }

        static Cell number(OptionalDouble value) {
            return value.isPresent()
                    ? new Cell(escape(Figures.number(value.getAsDouble())), Double.toString(value.getAsDouble()), true)
                    : new Cell("", "", true);
        }

        static Cell count(long value) {
            return new Cell(escape(Figures.count(value)), Long.toString(value), true);
        }

        /** The value of a hyperparameter, or nothing. */
        static Cell value(@Nullable Object value) {
            if (value instanceof Long whole) {
                return new Cell(escape(whole.toString()), whole.toString(), true);
            }
            return value instanceof Number number
                    ? number(OptionalDouble.of(number.doubleValue()))
                    : text(value == null ? null : Scale.text(value));
        }
    }

    /** Returns a text in which nothing is markup, neither between tags nor in an attribute. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(code -> {
            switch (code) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isCharacter(code) ? code : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    /** Returns whether XML 1.0 knows it as a character. */
    static boolean isCharacter(int code) {
        return code == '\t'
                || code == '\n'
                || code == '\r'
                || (code >= 0x20 && code <= 0xD7FF)
                || (code >= 0xE000 && code <= 0xFFFD)
                || code >= 0x10000;
    }

    /** Returns a list of names and what they stand for; values are markup already. */
    static String facts(Map<String, String> facts) {
        StringBuilder html = new StringBuilder("<dl>\n");
        facts.forEach((name, value) -> html.append("<dt>")
                .append(escape(name))
                .append("</dt><dd>")
                .append(value)
                .append("</dd>\n"));
        return html.append("</dl>\n").toString();
    }

    /**
     * Returns a table that scrolls.
     *
     * @param strong the index of the row to emphasise, or -1
     */
    static String table(List<String> heads, List<List<Cell>> rows, boolean sortable, int strong) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table");
        html.append(sortable ? " class=\"sortable\"" : "").append("><thead><tr>");
        heads.forEach(head -> html.append("<th>").append(escape(head)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        int index = 0;
        for (List<Cell> row : rows) {
            html.append(index++ == strong ? "<tr class=\"best\">" : "<tr>");
            for (Cell cell : row) {
                html.append(cell.number() ? "<td class=\"n\" data-v=\"" + escape(cell.sortKey()) + "\">" : "<td>")
                        .append(cell.html())
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    /** Returns nested settings as rows of a path and a value. */
    static List<List<Cell>> rows(Map<String, ? extends @Nullable Object> settings) {
        List<List<Cell>> rows = new ArrayList<>();
        collect("", settings, rows);
        return rows;
    }

    private static void collect(String prefix, Map<?, ?> settings, List<List<Cell>> rows) {
        settings.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner && !inner.isEmpty() && !inner.containsKey("domain")) {
                collect(prefix + name + "/", inner, rows);
            } else {
                rows.add(List.of(Cell.text(prefix + name), Cell.text(Scale.text(value))));
            }
        });
    }
}
