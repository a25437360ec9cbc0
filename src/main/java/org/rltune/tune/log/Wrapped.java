package org.rltune.tune.log;

import java.util.ArrayList;
import java.util.List;

/** Breaks a line between its parts; lines after the first begin below the first part. */
final class Wrapped {
    private Wrapped() {}

    static List<String> lines(String prefix, List<String> parts, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(prefix);
        boolean empty = true;
        for (String part : parts) {
            if (!empty && line.length() + part.stripTrailing().length() > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                line.append(" ".repeat(prefix.length()));
            }
            line.append(part);
            empty = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
