package org.rltune.tune.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files that grow line by line and stay open in between, since opening costs ten times what writing does. When too many are
 * open, the one that has not been written to for the longest time is closed, and opened again when it is needed.
 *
 * <p>Nothing is held back: when {@link #append} returns, the text has left the process, so that it survives the end of the
 * process. Not safe for use by several threads; listeners are told one at a time.
 */
final class OpenFiles {
    private static final int MOST_OPEN = 100;
    private static final float LOAD_FACTOR = 0.75f;

    private final Map<Path, OutputStream> open = new LinkedHashMap<>(16, LOAD_FACTOR, true);

    /** Adds text to the end of a file, making the file if needed. */
    void append(Path file, String text) {
        append(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes to the end of a file, making the file if needed. */
    void append(Path file, byte[] content) {
        try {
            OutputStream stream = open.get(file);
            if (stream == null) {
                stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                open.put(file, stream);
                closeEldest();
            }
            stream.write(content); // unbuffered: one call of the operating system
        } catch (IOException e) {
            throw LogFiles.failure("write to", file, e);
        }
    }

    private void closeEldest() {
        if (open.size() > MOST_OPEN) {
            close(open.keySet().iterator().next());
        }
    }

    /**
     * Closes a file, if it is open: nothing more will come, or it is to be replaced.
     *
     * @throws java.io.UncheckedIOException if it is gone, and with it what was written
     */
    void close(Path file) {
        OutputStream stream = open.remove(file);
        if (stream != null) {
            try {
                stream.close();
                if (!Files.exists(file)) { // what was written to a file that was deleted meanwhile is lost
                    throw new NoSuchFileException(file.toString());
                }
            } catch (IOException e) {
                throw LogFiles.failure("find what was written to", file, e);
            }
        }
    }

    /** Closes all files. */
    void close() {
        for (Path file : open.keySet().toArray(new Path[0])) {
            close(file);
        }
    }
}
