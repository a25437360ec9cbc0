package org.rltune.tune.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that stay open: nothing is held back, and none is lost without a word. */
final class OpenFilesTest {
    @TempDir
    Path folder;

    private final OpenFiles files = new OpenFiles();

    @Test
    void hasWrittenWhenItReturns() {
        Path file = folder.resolve("a");
        files.append(file, "one\n");
        assertThat(file).hasContent("one\n");
        files.append(file, "tw\u00f6\n");
        assertThat(file).hasContent("one\ntw\u00f6\n");
        files.close();
        files.append(file, "three\n");
        assertThat(file).hasContent("one\ntw\u00f6\nthree\n");
        files.close();
    }

    @Test
    void goesOnWithFilesThatItHadToClose() {
        for (int line = 0; line < 3; line++) {
            for (int i = 0; i < 250; i++) { // more than are kept open
                files.append(folder.resolve("f" + i), line + "\n");
            }
        }
        files.close();
        for (int i = 0; i < 250; i++) {
            assertThat(folder.resolve("f" + i)).hasContent("0\n1\n2\n");
        }
    }

    @Test
    void saysSoWhenAFileHasVanishedWithWhatWasWritten() throws Exception {
        Path file = folder.resolve("gone");
        files.append(file, "1\n");
        Files.delete(file);
        assertThatThrownBy(() -> files.close(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll(file.toString(), "NoSuchFileException", "Check that");
    }
}
