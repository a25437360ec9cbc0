package org.rltune.tune.log;

import java.io.PrintStream;
import java.util.List;

/** Lines at the end of a terminal that are drawn over and over in the same place, by ANSI control sequences. */
final class LiveBlock {
    private static final String ESC = "\u001b[";

    private final PrintStream out;
    private int height;

    LiveBlock(PrintStream out) {
        this.out = out;
    }

    /** Draws the lines in the place of those drawn before; too long lines are cut by the terminal, not wrapped. */
    void show(List<String> lines) {
        StringBuilder text = new StringBuilder(eraser()).append(ESC).append("?7l");
        lines.forEach(line -> text.append(line).append('\n'));
        out.print(text.append(ESC).append("?7h"));
        out.flush();
        height = lines.size();
    }

    /** Removes the lines; what is printed next stands in their place. */
    void erase() {
        out.print(eraser());
        out.flush();
        height = 0;
    }

    private String eraser() {
        return height == 0 ? "" : ESC + height + "A\r" + ESC + "J";
    }
}
