package org.rltune.tune.log;

import java.util.ArrayList;
import java.util.List;

/** Breaks a column's name behind underscores and at spaces. */
final class HeaderLines {
    private HeaderLines() {}

    /** Returns lines of at most {@code width} characters where the name's words allow it. */
    static List<String> broken(String name, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : name.split("(?<=[_/ ])")) {
            if (line.length() > 0 && (line + word).stripTrailing().length() > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** Returns the lines as one text of {@code height} lines, the name at the bottom. */
    static String standing(String name, int width, int height) {
        List<String> lines = broken(name, width);
        return "\n".repeat(height - lines.size()) + String.join("\n", lines);
    }
}
