package org.rltune.rollout;

import java.util.Comparator;
import java.util.Map;

/** The stacks of all threads, as the cause of an error: so they reach every place that a stack trace reaches. */
final class ThreadDump extends Throwable {
    private static final long serialVersionUID = 1;

    private ThreadDump(String text) {
        super(text, null, false, false);
    }

    /** Takes the stacks of all threads as they are now, the named one first, the others sorted by name. */
    static ThreadDump withFirst(Thread first) {
        StringBuilder text = new StringBuilder("the stacks of all threads, that of the hanging one first\n");
        Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
        Comparator<Thread> order = Comparator.comparing((Thread thread) -> thread != first)
                .thenComparing(Thread::getName)
                .thenComparingLong(Thread::getId);
        stacks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(order))
                .forEach(entry -> append(text, entry.getKey(), entry.getValue()));
        return new ThreadDump(text.toString());
    }

    private static void append(StringBuilder text, Thread thread, StackTraceElement[] stack) {
        text.append('"').append(thread.getName()).append("\" ").append(thread.getState());
        text.append(thread.isDaemon() ? ", daemon\n" : "\n");
        for (StackTraceElement frame : stack) {
            text.append("    at ").append(frame).append('\n');
        }
    }
}
