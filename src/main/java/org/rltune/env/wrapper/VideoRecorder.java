package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.env.StateFields;

/**
 * Counts episodes and steps, and writes the pictures of those that {@link VideoOptions} choose: what the two wrappers
 * {@code RecordVideo}, around one environment and around many, have in common.
 */
public final class VideoRecorder implements AutoCloseable {
    private final Path folder;
    private final VideoOptions options;
    private final int fps;
    private long episode = -1;
    private long step = -1;
    private @Nullable VideoFile recording;

    /**
     * A recorder that has not begun.
     *
     * @param folder where the files go; made if there is none
     * @param renderFps pictures per second where the options name none
     * @throws UncheckedIOException when the folder cannot be made
     */
    public VideoRecorder(Path folder, VideoOptions options, int renderFps) {
        this.folder = folder;
        this.options = options;
        this.fps = options.fps() == 0 ? renderFps : options.fps();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "RecordVideo cannot make the folder " + folder + " (" + e + "). Choose another one.", e);
        }
    }

    /** Whether a recording is going on. */
    public boolean isRecording() {
        return recording != null;
    }

    /** An episode begins: whole episodes end, and a recording begins if it is to. */
    public void beginEpisode() {
        episode++;
        if (options.videoLength() == 0) {
            close();
        }
        if (options.beginsAtEpisode(episode)) {
            begin("-episode-" + episode);
        }
    }

    /** A step was taken: a recording begins if it is to. */
    public void step() {
        step++;
        if (options.beginsAtStep(step)) {
            begin("-step-" + step);
        }
    }

    /** Asks for a picture and writes it, if a recording is going on; one that is long enough ends. */
    public void capture(Supplier<BufferedImage> picture) {
        VideoFile file = recording;
        if (file != null) {
            file.add(picture.get());
            if (options.videoLength() > 0 && file.frames() > options.videoLength()) {
                close();
            }
        }
    }

    private void begin(String name) {
        close();
        recording = options.format().open(folder, options.namePrefix() + name, fps);
    }

    /** Ends the recording that is going on, if there is one. */
    @Override
    public void close() {
        VideoFile file = recording;
        recording = null;
        if (file != null) {
            file.close();
        }
    }

    void state(StateFields fields) {
        episode = fields.keep(episode);
        step = fields.keep(step);
    }
}
