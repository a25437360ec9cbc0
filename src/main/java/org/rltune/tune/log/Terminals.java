package org.rltune.tune.log;

import java.io.Console;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether somebody looks at a terminal that can redraw lines. */
public final class Terminals {
    private Terminals() {}

    /**
     * Returns whether standard input and output are a terminal that understands ANSI control sequences. False where
     * {@code TERM=dumb} or {@code NO_COLOR} is set: who sets these wants plain lines.
     */
    public static boolean interactive() {
        return wanted(System.getenv()) && isTerminal(System.console());
    }

    static boolean wanted(Map<String, String> environment) {
        return !"dumb".equals(environment.get("TERM"))
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Returns how many rows of a table leave room for the lines around it; a terminal that does not tell has 24 lines. */
    static int rowsForTable() {
        String lines = System.getenv("LINES");
        int height = lines != null && lines.matches("[0-9]{1,4}") ? Integer.parseInt(lines) : 24;
        return Math.max(4, Math.min(30, height - 9));
    }

    /** Since JDK 22 there is a console without a terminal, too, and a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            MethodHandle isTerminal = MethodHandles.publicLookup()
                    .findVirtual(Console.class, "isTerminal", MethodType.methodType(boolean.class));
            return (boolean) isTerminal.invokeExact(console);
        } catch (Throwable e) {
            throw new IllegalStateException("java.io.Console has no usable isTerminal() on this JDK.", e);
        }
    }
}
