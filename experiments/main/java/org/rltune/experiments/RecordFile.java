package org.rltune.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A record: a page for people, and beside it rows and curves of the same name.
 *
 * @param page the page; its name ends with {@code .md}
 */
public record RecordFile(Path page) {
    private static final String ENDING = ".md";

    /**
     * Refuses what {@code --record} cannot name.
     *
     * @param record what the option says, or null if it was not given
     * @throws IllegalArgumentException if the name does not end with {@code .md}
     */
    public static void check(@Nullable Path record) {
        if (record != null && !record.toString().endsWith(ENDING)) {
            throw new IllegalArgumentException(
                    "--record=" + record + " must end with " + ENDING + ". Maybe " + record + ENDING + "?");
        }
    }

    private String name() {
        String file = String.valueOf(page.getFileName());
        return file.substring(0, file.length() - ENDING.length());
    }

    /** Returns the name of the file with the rows. */
    public String data() {
        return name() + ".jsonl";
    }

    /** Returns the name of the file with the curves. */
    public String picture() {
        return name() + ".png";
    }

    /** Returns where a file beside the page lies; makes the folder. */
    public Path beside(String name) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return page.resolveSibling(name);
    }

    /** Returns what every record ends with, as lines of a list: the day, and what the machine is. */
    public static String facts() {
        StringBuilder text = new StringBuilder("- date: " + LocalDate.now(ZoneOffset.UTC) + "\n");
        Machine.facts().forEach((name, value) -> text.append("- " + name + ": " + value + "\n"));
        return text.toString();
    }
}
