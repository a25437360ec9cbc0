package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Writes some of the episodes as pictures that move, as Gymnasium's wrapper of this name; by default as animated GIF.
 *
 * <p>A recording begins with a reset or a step that {@link VideoOptions} chooses, and ends with the next reset, or
 * after {@code videoLength} steps where that is set, or with {@link #close}: only then is its file whole. A file is
 * called {@code PREFIX-episode-N.gif} or {@code PREFIX-step-N.gif}, N from 0 over the life of the wrapper. Files of the
 * same name are replaced.
 *
 * <p>A snapshot holds the two counts but no pictures: after a restore a recording goes on with the pictures that
 * follow.
 */
public final class RecordVideo<O, A> extends Wrapper<O, A> {
    private final Path folder;
    private final VideoOptions options;
    private long episode = -1;
    private long step = -1;
    private @Nullable VideoFile recording;

    /** Records the episodes 0, 1, 8, 27 and so on up to 1000, then every thousandth. */
    public RecordVideo(Env<O, A> inner, Path videoFolder) {
        this(inner, videoFolder, VideoOptions.defaults());
    }

    /**
     * Wraps an environment that draws pictures.
     *
     * @param videoFolder where the files go; made if there is none
     * @throws UncheckedIOException when the folder cannot be made
     */
    public RecordVideo(Env<O, A> inner, Path videoFolder, VideoOptions options) {
        super(inner);
        Needs.pictures("RecordVideo", inner);
        this.folder = videoFolder;
        this.options = options;
        try {
            Files.createDirectories(videoFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "RecordVideo cannot make the folder " + videoFolder + " (" + e + "). Choose another one.", e);
        }
    }

    /** Whether a recording is going on. */
    public boolean isRecording() {
        return recording != null;
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> resetOptions) {
        ResetResult<O> result = super.reset(seed, resetOptions);
        episode++;
        if (options.videoLength() == 0) {
            stop();
        }
        if (options.beginsAtEpisode(episode)) {
            start("-episode-" + episode);
        }
        capture();
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        step++;
        if (options.beginsAtStep(step)) {
            start("-step-" + step);
        }
        capture();
        return result;
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            stop();
        }
    }

    private void start(String name) {
        stop();
        int fps = options.fps() == 0 ? renderFps() : options.fps();
        recording = options.format().open(folder, options.namePrefix() + name, fps);
    }

    private void capture() {
        VideoFile file = recording;
        if (file != null) {
            BufferedImage picture = renderFrame();
            file.add(picture);
            if (options.videoLength() > 0 && file.frames() > options.videoLength()) {
                stop();
            }
        }
    }

    private void stop() {
        VideoFile file = recording;
        recording = null;
        if (file != null) {
            file.close();
        }
    }

    @Override
    protected void state(StateFields fields) {
        episode = fields.keep(episode);
        step = fields.keep(step);
    }
}
