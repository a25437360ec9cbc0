package org.rltune.tune;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.HyperParams;

/**
 * What earlier sessions of a run recorded of one trial and this session has not yet played again, in its order. Used as
 * {@link LiveTrial} is: by the main loop and by the slice that runs, never by both at once.
 */
final class RecordedTrial {
    /** Something that happened to the trial. */
    sealed interface Event {}

    /**
     * A row.
     *
     * @param last whether the trainable said that it was finished with it
     */
    record Row(Map<String, Object> row, boolean last) implements Event {}

    /**
     * The trial ended in order.
     *
     * @param finished whether the trainable said so
     * @param later whether that was not with its last row: it waited and was ended, or it had nothing more to train
     * @param state the SHA-256 of its final state; null if it had none
     * @param binding whether that still holds: not if the settings have changed since, so that it may go on
     */
    record End(String reason, boolean finished, boolean later, byte @Nullable [] state, boolean binding)
            implements Event {
        End unbound() {
            return new End(reason, finished, later, state, false);
        }
    }

    /**
     * An attempt failed.
     *
     * @param last whether the trial was given up
     */
    record Failure(String error, boolean last) implements Event {}

    private final Map<String, Object> config;
    private final Deque<Event> events = new ArrayDeque<>();
    private final Map<Integer, String> orders = new LinkedHashMap<>();
    private final AtomicInteger left;
    private int rows;
    private int cutAfter = Integer.MAX_VALUE;

    /** @param left counts what all trials have left */
    RecordedTrial(Map<String, Object> config, AtomicInteger left) {
        this.config = config;
        this.left = left;
    }

    /** Returns the one of a trial of which nothing is recorded. */
    static RecordedTrial none() {
        return new RecordedTrial(Map.of(), new AtomicInteger());
    }

    /** Returns whether the trial began with these hyperparameters. */
    boolean beganWith(HyperParams other) {
        return HyperParams.of(config).equals(other);
    }

    HyperParams config() {
        return HyperParams.of(config);
    }

    /** Adds what was recorded next. A row after an end says that the trial went on. */
    void add(Event event) {
        Event newest = events.peekLast();
        if (newest instanceof End || (newest instanceof Failure failure && failure.last())) {
            removeLast();
        }
        events.addLast(event);
        left.incrementAndGet();
        rows += event instanceof Row ? 1 : 0;
    }

    private void removeLast() {
        rows -= events.removeLast() instanceof Row ? 1 : 0;
        left.decrementAndGet();
    }

    /** Returns how many rows were recorded, those that were played again included. */
    int rows() {
        return rows;
    }

    /** Returns the rows that are left to play again. */
    List<Map<String, Object>> allRows() {
        return events.stream()
                .filter(Row.class::isInstance)
                .map(event -> ((Row) event).row())
                .toList();
    }

    /** Notes how a decision changed the trial after an own iteration; empty if it did not. */
    void order(int iteration, String what) {
        if (what.isEmpty()) {
            orders.remove(iteration);
        } else {
            orders.put(iteration, what);
        }
    }

    /** Returns how a decision changed the trial after an own iteration; empty if none did. */
    String orderAt(int iteration) {
        return orders.getOrDefault(iteration, "");
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    @Nullable
    Event peek() {
        return events.peekFirst();
    }

    /** Takes out what comes next. */
    Event take() {
        left.decrementAndGet();
        return events.removeFirst();
    }

    /** Forgets what comes after a number of rows; returns how many rows that are. */
    int cut(int after) {
        int before = rows;
        if (rows > after || events.peekLast() instanceof End) {
            cutAfter = Math.min(cutAfter, after);
        }
        while (!events.isEmpty() && (rows > after || !(events.peekLast() instanceof Row))) {
            removeLast();
        }
        orders.keySet().removeIf(iteration -> iteration > after);
        return before - rows;
    }

    /** Returns after which own iteration the trial went another way than before the run was extended; the largest int if never. */
    int cutAfter() {
        return cutAfter;
    }

    /** The settings have changed: the trial may go on after its end. */
    void unbindEnd() {
        if (events.peekLast() instanceof End end) {
            events.removeLast();
            events.addLast(end.unbound());
        }
    }

    /** The trial is to run again, if it was given up. */
    void forgetFailure() {
        if (events.peekLast() instanceof Failure failure && failure.last()) {
            removeLast();
        }
    }
}
