package org.rltune.plot;

import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.swing.JFrame;
import javax.swing.JTabbedPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.jfree.chart.ChartPanel;

/** A window with pictures, one a tab. It opens only where it is asked for. */
public final class PictureWindow {
    private static final String REMEDY = "Write the pictures into files instead, or run where there is a display.";

    private final CountDownLatch closed = new CountDownLatch(1);
    private final JTabbedPane tabs = new JTabbedPane();

    /**
     * Opens a window.
     *
     * @throws IllegalStateException on a machine without a display, or where it cannot be opened
     */
    public PictureWindow(String title, List<Picture> pictures) {
        if (GraphicsEnvironment.isHeadless()) {
            throw new IllegalStateException("A window needs a display, but this JVM is headless (java.awt.headless="
                    + System.getProperty("java.awt.headless") + "). " + REMEDY);
        }
        try {
            GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
        } catch (AWTError | HeadlessException | LinkageError e) {
            throw new IllegalStateException(
                    "A window needs a display, but this one cannot be opened (DISPLAY=" + System.getenv("DISPLAY")
                            + "). " + REMEDY + " Cause: " + e,
                    e);
        }
        SwingUtilities.invokeLater(() -> {
            JFrame frame = new JFrame(title);
            frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
            frame.addWindowListener(new java.awt.event.WindowAdapter() {
                @Override
                public void windowClosed(java.awt.event.WindowEvent event) {
                    closed.countDown();
                }
            });
            // Its size must not depend on the first pictures: there may be none yet.
            tabs.setPreferredSize(new Dimension(ChartStyle.WIDTH * 4 / 5, ChartStyle.HEIGHT * 4 / 5));
            fill(pictures);
            frame.add(tabs);
            frame.pack();
            frame.setLocationByPlatform(true);
            frame.setVisible(true);
        });
    }

    /** Shows newer pictures in the place of the old ones; may be called from any thread. */
    public void show(List<Picture> pictures) {
        SwingUtilities.invokeLater(() -> fill(pictures));
    }

    /** Returns whether its user has closed it. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits until its user has closed it. */
    public void await() throws InterruptedException {
        closed.await();
    }

    /** The event thread only. */
    private void fill(List<Picture> pictures) {
        int chosen = Math.max(0, tabs.getSelectedIndex());
        tabs.removeAll();
        for (Picture picture : pictures) {
            ChartPanel panel = new ChartPanel(picture.chart());
            panel.setMaximumDrawWidth(Integer.MAX_VALUE);
            panel.setMaximumDrawHeight(Integer.MAX_VALUE);
            panel.setMinimumDrawWidth(picture.width() / 2);
            panel.setMinimumDrawHeight(picture.height() / 2);
            tabs.addTab(picture.name().replace('_', ' '), panel);
        }
        if (chosen < tabs.getTabCount()) {
            tabs.setSelectedIndex(chosen);
        }
    }
}
