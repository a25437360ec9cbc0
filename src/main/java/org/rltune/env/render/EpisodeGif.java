package org.rltune.env.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * Writes an episode as an animated GIF that plays without end.
 *
 * <p>Each picture has a palette of its own: exact up to 256 colours, as flat drawings mostly have. A picture equal to
 * the one before only makes that one stay longer, and of any other only the part that changed is written. Pictures stay
 * for 1/fps seconds on the average, in whole hundredths of a second; beyond 50 per second, which browsers do not play,
 * some are left out. The same pictures give the same bytes. One file is written by one thread at a time; it is whole
 * after {@link #close}. It needs no display.
 */
public final class EpisodeGif implements AutoCloseable {
    /** Browsers take a shorter time for a mistake. */
    private static final int LEAST_HUNDREDTHS = 2;

    private final Path file;
    private final int fps;
    private @Nullable GifFrames out;
    private int width;
    private int height;
    private long frames;
    private int[] waiting = {}; // the newest picture that is to be seen; its time is not known yet
    private long waitingSince; // in hundredths of a second
    private int @Nullable [] leftOut; // a newer picture that came too soon after it
    private boolean closed;

    /**
     * Begins a file; an existing one is replaced with the first picture.
     *
     * @param file where to write; its folder exists
     * @param fps pictures per second, at least 1
     */
    public EpisodeGif(Path file, int fps) {
        this.file = file;
        this.fps = Check.positive("fps", fps);
    }

    /** Writes these pictures, all of one size, to a file. */
    public static void write(Path file, int fps, List<BufferedImage> pictures) {
        Check.notEmpty("pictures", pictures);
        try (EpisodeGif gif = new EpisodeGif(file, fps)) {
            pictures.forEach(gif::add);
        }
    }

    /** How many pictures have been added. */
    public long frames() {
        return frames;
    }

    /**
     * Adds the next picture, of the same size as the others.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void add(BufferedImage picture) {
        if (closed) {
            throw new IllegalStateException(file + " is closed. Begin another file for more pictures");
        }
        int[] pixels = Pixels.colors(picture);
        try {
            if (out == null) {
                width = picture.getWidth();
                height = picture.getHeight();
                out = new GifFrames(Files.newOutputStream(file), width, height);
                waiting = pixels;
            } else if (picture.getWidth() != width || picture.getHeight() != height) {
                throw new IllegalArgumentException("Picture " + frames + " of " + file + " has "
                        + picture.getWidth() + "x" + picture.getHeight() + " pixels, but the ones before have " + width
                        + "x" + height + ". Draw all of them in one size.");
            } else {
                follow(out, pixels);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        frames++;
    }

    private void follow(GifFrames target, int[] pixels) throws IOException {
        if (Arrays.equals(pixels, waiting)) {
            leftOut = null;
        } else if (now() - waitingSince < LEAST_HUNDREDTHS) {
            leftOut = pixels;
        } else {
            next(target, pixels, now());
        }
    }

    /** When the next picture appears, in hundredths of a second. */
    private long now() {
        return Math.round(100.0 * frames / fps);
    }

    /** Writes the waiting picture, which stays until this time, and lets another one wait. */
    private void next(GifFrames target, int[] pixels, long time) throws IOException {
        target.write(waiting, time - waitingSince);
        waiting = pixels;
        waitingSince = time;
        leftOut = null;
    }

    /**
     * Writes the last picture and closes the file; calling it twice is harmless. Without any picture there is no file.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    @Override
    public void close() {
        closed = true;
        GifFrames target = out;
        out = null;
        if (target == null) {
            return;
        }
        try (target) {
            long end = Math.max(now(), waitingSince + LEAST_HUNDREDTHS);
            if (leftOut != null) {
                next(target, leftOut, end); // so that the last picture is always seen
                end += LEAST_HUNDREDTHS;
            }
            target.write(waiting, end - waitingSince);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                "Cannot write " + file + " (" + e + "). Is there such a folder, and room on the disk?", e);
    }
}
