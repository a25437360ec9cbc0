package org.rltune.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files in one step: somebody who opens one sees the old content or the new one, never a part. */
final class PictureFiles {
    private PictureFiles() {}

    static void write(byte[] content, Path file) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write the picture " + file + " (" + e
                            + "). Check that its folder exists and is writable and that the disk has free space.",
                    e);
        }
    }
}
