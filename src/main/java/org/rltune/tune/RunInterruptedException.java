package org.rltune.tune;

import java.nio.file.Path;

/** A run was ended from outside, by {@link Experiment#interrupt} or an interrupt of the thread that runs it; everything it had is on disk. */
public final class RunInterruptedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;
    private final transient Path folder;

    RunInterruptedException(Path folder) {
        super("The run was interrupted. Its results so far are in " + folder + "; Tune.resume goes on from there.");
        this.folder = folder;
    }

    /** Returns the experiment's folder, for {@code Tune.resume}. */
    public Path folder() {
        return folder;
    }
}
