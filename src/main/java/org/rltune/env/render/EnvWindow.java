package org.rltune.env.render;

import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/**
 * A window that shows the newest picture of an environment.
 *
 * <p>Every method may be called from any thread and returns at once. The window opens with the first picture. When its
 * user closes it, later pictures are not shown; nothing else happens. An open window keeps the JVM alive until {@link
 * #close}.
 */
public final class EnvWindow implements FrameSink {
    private static final String REMEDY =
            "Record the episode instead (RecordVideo, EpisodeGif), or run where there is a display.";

    private final String title;
    private volatile @Nullable BufferedImage picture;
    private volatile boolean closed;
    private @Nullable JFrame frame; // used by the event thread only

    /**
     * A window that is not open yet.
     *
     * @throws IllegalStateException on a machine without a display, or where it cannot be opened
     */
    public EnvWindow(String title) {
        if (GraphicsEnvironment.isHeadless()) {
            throw new IllegalStateException("A window needs a display, but this JVM is headless (java.awt.headless="
                    + System.getProperty("java.awt.headless") + "). " + REMEDY);
        }
        try {
            // Connects to the display: a failure belongs to the caller, not to the event thread.
            GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
        } catch (AWTError | HeadlessException | LinkageError e) {
            throw new IllegalStateException(
                    "A window needs a display, but this one cannot be opened (DISPLAY=" + System.getenv("DISPLAY")
                            + "). " + REMEDY + " Cause: " + e,
                    e);
        }
        this.title = title;
    }

    @Override
    public void show(BufferedImage next) {
        if (!closed) {
            picture = Pixels.copy(next);
            SwingUtilities.invokeLater(this::refresh);
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        SwingUtilities.invokeLater(() -> {
            if (frame != null) {
                frame.dispose();
                frame = null;
            }
        });
    }

    private void refresh() {
        BufferedImage now = picture;
        if (closed || now == null) {
            return;
        }
        if (frame == null) {
            frame = open(now);
        }
        frame.repaint();
    }

    private JFrame open(BufferedImage first) {
        JPanel panel = new JPanel() {
            @Override
            protected void paintComponent(Graphics graphics) {
                super.paintComponent(graphics);
                graphics.drawImage(picture, 0, 0, getWidth(), getHeight(), null);
            }
        };
        panel.setPreferredSize(new Dimension(first.getWidth(), first.getHeight()));
        JFrame window = new JFrame(title);
        window.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        window.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                closed = true;
            }
        });
        window.add(panel);
        window.pack();
        window.setLocationByPlatform(true);
        window.setVisible(true);
        return window;
    }
}
