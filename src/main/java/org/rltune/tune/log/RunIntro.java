package org.rltune.tune.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the console says first: labelled lines, then what the trainable and the scheduler have to say. */
final class RunIntro {
    private static final int LABEL_WIDTH = 12;

    private RunIntro() {}

    /**
     * Returns the lines.
     *
     * @param name the experiment's name
     * @param facts label to text; an empty text leaves the line out
     * @param notes what the trainable says before it starts, such as the arithmetic of its batches
     * @param warnings what may go wrong
     */
    static List<String> lines(String name, Map<String, String> facts, List<String> notes, List<String> warnings) {
        List<String> lines = new ArrayList<>();
        lines.add("rltune experiment " + name);
        facts.forEach((label, text) -> {
            if (!text.isEmpty()) {
                lines.addAll(Wrapped.lines(labelled(label), List.of(text.split("(?<=\\), )")), StatusReport.WIDTH));
            }
        });
        notes.forEach(note -> lines.addAll(Wrapped.lines("  ", List.of(note.split("(?<=[ ])")), StatusReport.WIDTH)));
        warnings.forEach(warning ->
                lines.addAll(Wrapped.lines("  WARNING: ", List.of(warning.split("(?<=[ ])")), StatusReport.WIDTH)));
        return lines;
    }

    static String labelled(String label) {
        return "  " + label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
    }
}
