package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main in a JVM that may open windows; Surefire's own JVM is headless. */
public final class DisplayJvm {
    private static final long PATIENCE_SECONDS = 60;

    private DisplayJvm() {}

    /** Returns the X display of this machine; the test is skipped where there is none. Under Wayland no program may read the screen. */
    public static String display() {
        String display = System.getenv("DISPLAY");
        assumeTrue(
                display != null && System.getenv("WAYLAND_DISPLAY") == null,
                "No X display is named in DISPLAY, so no window was opened. Start Xvfb, as .ci/run does.");
        return display;
    }

    /**
     * Returns what the main prints on either stream. An X server that is just starting over may leave a client without an
     * answer: then it is asked once more, and the log has the stacks.
     */
    public static String run(Path folder, String display, int exitCode, Class<?> main, String... args)
            throws IOException, InterruptedException {
        Path output = folder.resolve("windows.txt");
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "-Djava.awt.headless=false",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        Process child = start(command, display, output);
        if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            System.err.println(
                    "No answer within " + PATIENCE_SECONDS + " s: " + Files.readString(output) + stacks(child));
            child.destroyForcibly();
            child = start(command, display, output);
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

    private static Process start(List<String> command, String display, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
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
