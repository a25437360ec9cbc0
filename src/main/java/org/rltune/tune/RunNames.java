package org.rltune.tune;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.rltune.check.Check;

/** Names of results folders. */
final class RunNames {
    private static final String FORBIDDEN = "/\\:*?\"<>|";
    private static final int LONGEST = 100;

    private RunNames() {}

    /** Returns the name if every usual file system takes it as the name of one folder. */
    static String check(String name) {
        Check.notBlank("name", name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (FORBIDDEN.indexOf(c) >= 0 || c < ' ') {
                throw new IllegalArgumentException("name is \"" + name + "\", but it must be the name of one folder: '"
                        + (c < ' ' ? "\\u" + (int) c : String.valueOf(c)) + "' is not allowed. Put the folder into"
                        + " storagePath(...), and its last part into name(...).");
            }
        }
        boolean edges = name.startsWith(" ") || name.endsWith(" ") || name.endsWith(".");
        if (edges || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "name is \"" + name + "\", but it must not begin or end with a space, end"
                            + " with a dot, or be longer than " + LONGEST + " characters. Choose another name.");
        }
        return name;
    }

    /** Returns a name with the start time, such as {@code PPO_2026-01-31_13-05-59}. */
    static String timed(String trainable) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);
        return check(trainable.replaceAll("[^A-Za-z0-9._-]", "_") + "_"
                + LocalDateTime.now().format(format));
    }
}
