package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Window;
import java.nio.file.Path;
import java.util.List;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.DisplayJvm;
import org.rltune.tune.ExperimentAnalysis;

final class PictureWindowTest {
    @TempDir
    Path folder;

    @Test
    void showsPicturesOnARealDisplay() throws Exception {
        String display = DisplayJvm.display();
        ExperimentAnalysis analysis = Slope.population(folder, 3, 4, run -> {});
        assertThat(DisplayJvm.run(
                        folder, display, 0, Child.class, analysis.folder().toString()))
                .contains("5 tabs, large: true", "closed: true");
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
