package org.rltune.env.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class EnvWindowTest {
    private static final long PATIENCE_SECONDS = 60;

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
        assertThat(withWindows(":4711", 1))
                .contains("IllegalStateException: A window needs a display, but this one cannot be opened"
                        + " (DISPLAY=:4711). Record the episode instead (RecordVideo");
    }

    /** On a desktop under Wayland no program may read the screen. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void showsPicturesOnARealDisplayAndCloses() throws Exception {
        String display = System.getenv("DISPLAY");
        assumeTrue(
                display != null && System.getenv("WAYLAND_DISPLAY") == null,
                "No X display is named in DISPLAY, so no window was opened. Start Xvfb, as .ci/run does.");
        assertThat(withWindows(display, 0)).contains(WindowChild.LAST_LINE);
    }

    /**
     * What {@link WindowChild} prints in a JVM with a display; Surefire's own JVM is headless. An X server that is just
     * starting over may leave a client without an answer: then it is asked once more, and the log has the stacks.
     */
    private String withWindows(String display, int exitCode) throws IOException, InterruptedException {
        Path output = folder.resolve("windows.txt");
        Process child = start(display, output);
        if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            System.err.println(
                    "No answer within " + PATIENCE_SECONDS + " s: " + Files.readString(output) + stacks(child));
            child.destroyForcibly();
            child = start(display, output);
        }
        try {
            assertThat(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("an end within %s s", PATIENCE_SECONDS)
                    .isTrue();
        } finally {
            child.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(child.exitValue()).as(printed).isEqualTo(exitCode);
        return printed;
    }

    private static Process start(String display, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                tool("java"),
                "-Djava.awt.headless=false",
                "-cp",
                System.getProperty("java.class.path"),
                WindowChild.class.getName());
        builder.environment().put("DISPLAY", display);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static String stacks(Process child) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(tool("jcmd"), Long.toString(child.pid()), "Thread.print")
                .redirectErrorStream(true)
                .start();
        String stacks = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return stacks;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
