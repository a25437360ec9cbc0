package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Window;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.ExperimentAnalysis;

final class PictureWindowTest {
    @TempDir
    Path folder;

    @Test
    void showsPicturesOnARealDisplay() throws Exception {
        String display = System.getenv("DISPLAY");
        assumeTrue(
                display != null && System.getenv("WAYLAND_DISPLAY") == null,
                "No X display is named in DISPLAY, so no window was opened. Start Xvfb, as .ci/run does.");
        ExperimentAnalysis analysis = Slope.population(folder, 3, 4, run -> {});
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        analysis.folder().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(child.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).contains("5 tabs, large: true", "closed: true");
    }

    /** Runs in a JVM with a display: opens a window without pictures, shows five, twice, and closes it. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            ExperimentAnalysis analysis = ExperimentAnalysis.load(Path.of(args[0]));
            PictureWindow window = new PictureWindow("a run", List.of());
            window.show(RunPictures.all(analysis));
            window.show(RunPictures.all(analysis));
            SwingUtilities.invokeAndWait(() -> {
                for (Window open : Window.getWindows()) {
                    if (open instanceof JFrame frame) {
                        JTabbedPane tabs = (JTabbedPane) frame.getContentPane().getComponent(0);
                        boolean large = frame.getWidth() > 1000 && frame.getHeight() > 600;
                        System.out.println(tabs.getTabCount() + " tabs, large: " + large);
                        frame.dispose();
                    }
                }
            });
            window.await();
            System.out.println("closed: " + window.isClosed());
            System.exit(0);
        }
    }
}
