package org.rltune.env.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.DisplayJvm;

final class EnvWindowTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatToDoWithoutADisplay() {
        assumeTrue(GraphicsEnvironment.isHeadless(), "this machine has a display");
        assertThatThrownBy(() -> new EnvWindow("CartPole"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("headless")
                .hasMessageContaining("RecordVideo");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysWhatToDoWhereTheDisplayCannotBeOpened() throws Exception {
        assertThat(DisplayJvm.run(folder, ":4711", 1, WindowChild.class))
                .contains("IllegalStateException: A window needs a display, but this one cannot be opened"
                        + " (DISPLAY=:4711). Record the episode instead (RecordVideo");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void showsPicturesOnARealDisplayAndCloses() throws Exception {
        assertThat(DisplayJvm.run(folder, DisplayJvm.display(), 0, WindowChild.class))
                .contains(WindowChild.LAST_LINE);
    }
}
