package org.rltune.env.render;

import java.awt.Color;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** Opens windows on a real display and reads the screen; {@link EnvWindowTest} starts it in a JVM that is not headless. */
final class WindowChild {
    static final String LAST_LINE = "Both windows were shown and closed.";

    private static final int WIDTH = 120;
    private static final int HEIGHT = 80;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private WindowChild() {}

    public static void main(String[] args) throws Exception {
        EnvWindow window = new EnvWindow("Lake");
        Robot robot = new Robot();
        window.show(halves(Color.RED, Color.GREEN));
        await("the first picture", () -> sees(robot, Color.RED, Color.GREEN));
        JFrame frame = Objects.requireNonNull(frame());
        String shown = frame.getTitle() + " " + frame.getContentPane().getWidth() + "x"
                + frame.getContentPane().getHeight();
        if (!shown.equals("Lake 120x80")) {
            throw new AssertionError("The window is " + shown);
        }
        window.show(halves(Color.BLUE, Color.YELLOW));
        await("the second picture", () -> sees(robot, Color.BLUE, Color.YELLOW));

        // What the window system sends when the user presses the window's button.
        Toolkit.getDefaultToolkit().getSystemEventQueue().postEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
        await("the user's close", () -> window.isClosed() && frame() == null);
        window.show(halves(Color.RED, Color.GREEN));
        SwingUtilities.invokeAndWait(() -> {});
        if (frame() != null) {
            throw new AssertionError("A closed window opened again");
        }

        EnvWindow second = new EnvWindow("Taxi");
        second.show(halves(Color.GREEN, Color.RED));
        await("the second window", () -> sees(robot, Color.GREEN, Color.RED));
        second.close();
        await("close", () -> frame() == null);
        System.out.println(LAST_LINE); // and the JVM ends, because no window is left
    }

    private static BufferedImage halves(Color left, Color right) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < WIDTH; x++) {
            for (int y = 0; y < HEIGHT; y++) {
                image.setRGB(x, y, (x < WIDTH / 2 ? left : right).getRGB());
            }
        }
        return image;
    }

    /** Whether the screen shows these two colours at the edges of the halves. */
    private static boolean sees(Robot robot, Color left, Color right) {
        JFrame frame = frame();
        if (frame == null) {
            return false;
        }
        Point at = frame.getContentPane().getLocationOnScreen();
        return left.equals(robot.getPixelColor(at.x, at.y))
                && left.equals(robot.getPixelColor(at.x + WIDTH / 2 - 1, at.y + HEIGHT - 1))
                && right.equals(robot.getPixelColor(at.x + WIDTH / 2, at.y))
                && right.equals(robot.getPixelColor(at.x + WIDTH - 1, at.y + HEIGHT - 1));
    }

    private static @Nullable JFrame frame() {
        return (JFrame) Arrays.stream(Frame.getFrames())
                .filter(Frame::isShowing)
                .findFirst()
                .orElse(null);
    }

    private static void await(String what, Callable<Boolean> reached) throws Exception {
        long start = System.nanoTime();
        while (!reached.call()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("Waited in vain for " + what);
            }
            Thread.sleep(20);
        }
    }
}
