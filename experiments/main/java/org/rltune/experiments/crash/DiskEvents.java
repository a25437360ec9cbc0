package org.rltune.experiments.crash;

import java.io.IOException;
import java.nio.file.Path;

/** Hears of every change of a {@link TestDisk}, in the thread that makes it, and may delay it or make it fail. */
public interface DiskEvents {
    /** What changes. */
    enum Change {
        /** A file is opened to be written, and made if it is not there. */
        OPEN,
        /** Bytes are written. */
        WRITE,
        /** What was written is forced to the device. */
        FORCE,
        /** A folder is made. */
        MAKE_FOLDER,
        /** A file or folder gets another name. */
        MOVE,
        /** A file or folder is deleted. */
        DELETE
    }

    /** Before a change. */
    void begins(Change change, Path file) throws IOException;

    /** When half of the bytes of a {@link Change#WRITE} are written. */
    default void halfWritten(Path file) throws IOException {}

    /** After a change, also if it failed. */
    default void ends(Change change, Path file) {}
}
