package org.rltune.tune.schedule;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;

/** What all schedulers that compare trials have in common. */
abstract class BaseScheduler implements Scheduler {
    private final SchedulerBuilder<?> settings;
    private @Nullable Setup setup;

    BaseScheduler(SchedulerBuilder<?> settings) {
        this.settings = settings;
    }

    /** Called by {@link #begin} with settings that fit the run; forgets what an earlier run left. */
    abstract void start(Setup begun);

    @Override
    public final void begin(Setup setup) {
        settings.checkFits(name(), setup);
        this.setup = setup;
        start(setup);
    }

    @Override
    public final Optional<String> metric() {
        return Optional.ofNullable(settings.metric);
    }

    @Override
    public final Optional<Mode> mode() {
        return Optional.ofNullable(settings.mode);
    }

    @Override
    public final String timeAttr() {
        return settings.timeAttr;
    }

    @Override
    public Map<String, Object> settings() {
        return settings.toJson();
    }

    @Override
    public boolean needsCheckpoint() {
        return false;
    }

    final String name() {
        return getClass().getSimpleName();
    }

    final boolean hasBegun() {
        return setup != null;
    }

    final Setup setup() {
        return begun(setup);
    }

    /** Returns a time with its unit, such as {@code 4 training_iteration}. */
    final String timed(double time) {
        return Texts.time(time) + " " + timeAttr();
    }

    /** Returns what {@link #begin} made. */
    final <T> T begun(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(name() + " has not begun. Call begin first.");
        }
        return value;
    }
}
