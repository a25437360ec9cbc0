package org.rltune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered list of links to source files in the README, under a heading of its own: the files that one has to open to
 * follow something from its beginning to its end.
 *
 * @param heading the heading, without its marks
 * @param links the linked paths, in the order of the list, relative to the README
 */
record Walk(String heading, List<String> links) {
    private static final int MOST_FILES = 7;
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern NUMBERED = Pattern.compile("^\\s{0,3}\\d+[.)]\\s+.*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+\\.java)(#[^)]*)?\\)");

    /** Reads the walk under {@code heading}; no links if the heading or its list is missing. */
    static Walk read(String readme, String heading) {
        List<String> links = new ArrayList<>();
        boolean inside = false;
        for (String line : readme.lines().toList()) {
            Matcher title = HEADING.matcher(line);
            if (title.matches()) {
                inside = title.group(1).equals(heading);
            } else if (inside && NUMBERED.matcher(line).matches()) {
                Matcher link = LINK.matcher(line);
                while (link.find()) {
                    links.add(link.group(1));
                }
            }
        }
        return new Walk(heading, List.copyOf(links));
    }

    /** What is wrong with the walk, one sentence each. */
    List<String> violations(Path root) {
        List<String> found = new ArrayList<>();
        if (links.size() < 2 || links.size() > MOST_FILES) {
            found.add("'" + heading + "' must be a numbered list with links to 2 to " + MOST_FILES
                    + " .java files, not " + links.size());
        }
        if (links.stream().distinct().count() < links.size()) {
            found.add("'" + heading + "' visits a file twice: " + links);
        }
        List<String> missing = links.stream()
                .filter(link -> !Files.isRegularFile(root.resolve(link)))
                .toList();
        if (!missing.isEmpty()) {
            found.add("'" + heading + "' links to files that do not exist: " + missing);
            return found;
        }
        for (int i = 0; i + 1 < links.size(); i++) {
            String here = links.get(i);
            String next = links.get(i + 1);
            // Data flows along the list, imports sometimes against it: a worker knows the environments it steps.
            if (!mentions(root.resolve(here), type(next)) && !mentions(root.resolve(next), type(here))) {
                found.add("'" + heading + "': neither of " + here + " and " + next + " names the other's type");
            }
        }
        return found;
    }

    private static String type(String link) {
        String file = link.substring(link.lastIndexOf('/') + 1);
        return file.substring(0, file.length() - ".java".length());
    }

    private static boolean mentions(Path source, String type) {
        try {
            return Pattern.compile("\\b" + Pattern.quote(type) + "\\b")
                    .matcher(Files.readString(source))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + source, e);
        }
    }
}
