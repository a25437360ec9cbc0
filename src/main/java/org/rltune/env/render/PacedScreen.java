package org.rltune.env.render;

import java.awt.image.BufferedImage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows pictures at a natural speed: {@link #show} waits where less than 1 / fps seconds have passed since the last
 * picture. When nobody looks any more it neither draws nor waits.
 */
public final class PacedScreen implements AutoCloseable {
    private static final long SECOND = 1_000_000_000;

    private final FrameSink screen;
    private final LongSupplier nanoTime;
    private final LongConsumer sleep;
    private long nextPicture;
    private boolean shown;

    /**
     * A window by the clock of this machine.
     *
     * @throws IllegalStateException on a machine without a display
     */
    public PacedScreen(String title) {
        this(new EnvWindow(title), System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * Any screen and any clock.
     *
     * @param nanoTime a clock in nanoseconds
     * @param sleep waits so many nanoseconds, or less
     */
    public PacedScreen(FrameSink screen, LongSupplier nanoTime, LongConsumer sleep) {
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
    }

    /** Shows a picture when its time has come; it is not asked for where nobody sees it. */
    public void show(Supplier<BufferedImage> picture, int fps) {
        if (screen.isClosed()) {
            return;
        }
        long now = nanoTime.getAsLong();
        // Parking may end early, without a reason.
        while (shown && nextPicture - now > 0 && !Thread.currentThread().isInterrupted()) {
            sleep.accept(nextPicture - now);
            now = nanoTime.getAsLong();
        }
        screen.show(picture.get());
        nextPicture = now + SECOND / fps;
        shown = true;
    }

    @Override
    public void close() {
        screen.close();
    }
}
