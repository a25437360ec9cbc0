package org.rltune.env.wrapper;

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
    private final VideoRecorder recorder;

    /** Records the episodes 0, 1, 8, 27 and so on up to 1000, then every thousandth. */
    public RecordVideo(Env<O, A> inner, Path videoFolder) {
        this(inner, videoFolder, VideoOptions.defaults());
    }

    /**
     * Wraps an environment that draws pictures.
     *
     * @param videoFolder where the files go; made if there is none
     * @throws java.io.UncheckedIOException when the folder cannot be made
     */
    public RecordVideo(Env<O, A> inner, Path videoFolder, VideoOptions options) {
        super(inner);
        Needs.pictures("RecordVideo", inner);
        recorder = new VideoRecorder(videoFolder, options, inner.renderFps());
    }

    /** Whether a recording is going on. */
    public boolean isRecording() {
        return recorder.isRecording();
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<O> result = super.reset(seed, options);
        recorder.beginEpisode();
        recorder.capture(this::renderFrame);
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        recorder.step();
        recorder.capture(this::renderFrame);
        return result;
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            recorder.close();
        }
    }

    @Override
    protected void state(StateFields fields) {
        recorder.state(fields);
    }
}
