package org.rltune.env.vector;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.AutoresetMode;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.wrapper.VideoOptions;
import org.rltune.env.wrapper.VideoRecorder;

/**
 * Writes some of the episodes of all environments, side by side, as pictures that move, as Gymnasium's vector wrapper of
 * this name; see {@link org.rltune.env.wrapper.RecordVideo}.
 *
 * <p>An episode begins when one of the first environment begins. In mode SAME_STEP its last picture is missing, for the
 * step that ends it already shows the next one.
 */
public final class RecordVideo extends VectorWrapper {
    private final VideoRecorder recorder;
    private final int count; // environments in a picture
    private final double aspectRatio;
    private @Nullable Tiles tiles; // made with the first picture
    private boolean begins; // the first environment, with the next step

    /** Records the episodes 0, 1, 8, 27 and so on up to 1000, then every thousandth, in pictures near to a square. */
    public RecordVideo(VectorEnv inner, Path videoFolder) {
        this(inner, videoFolder, VideoOptions.defaults());
    }

    /** Records in pictures near to a square; see {@link #RecordVideo(VectorEnv, Path, VideoOptions, double)}. */
    public RecordVideo(VectorEnv inner, Path videoFolder, VideoOptions options) {
        this(inner, videoFolder, options, 1);
    }

    /**
     * Wraps environments that draw pictures.
     *
     * @param videoFolder where the files go; made if there is none
     * @param videoAspectRatio width of a picture divided by its height, above 0: the arrangement that fills a rectangle
     *     and comes nearest to it is taken
     * @throws java.io.UncheckedIOException when the folder cannot be made
     */
    public RecordVideo(VectorEnv inner, Path videoFolder, VideoOptions options, double videoAspectRatio) {
        this(inner, videoFolder, options, videoAspectRatio, inner.numEnvs());
    }

    private RecordVideo(VectorEnv inner, Path videoFolder, VideoOptions options, double aspectRatio, int count) {
        super(inner);
        Tiles.requirePictures("RecordVideo", inner);
        this.aspectRatio = Check.positive("videoAspectRatio", aspectRatio);
        this.count = count;
        this.recorder = new VideoRecorder(videoFolder, options, inner.renderFps());
    }

    /** Records the first environment only. */
    public static RecordVideo ofFirst(VectorEnv inner, Path videoFolder, VideoOptions options) {
        return new RecordVideo(inner, videoFolder, options, 1, 1);
    }

    /** Whether a recording is going on. */
    public boolean isRecording() {
        return recorder.isRecording();
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        super.reset(request, out);
        if (request.chooses(0)) {
            recorder.beginEpisode();
        }
        begins = false;
        recorder.capture(this::picture);
    }

    @Override
    public void step(float[] action, VectorStep out) {
        super.step(action, out);
        boolean ended = out.ended(0);
        if (autoresetMode() == AutoresetMode.NEXT_STEP ? begins : ended && autoresetMode() == AutoresetMode.SAME_STEP) {
            recorder.beginEpisode();
        }
        begins = ended;
        recorder.step();
        recorder.capture(this::picture);
    }

    private BufferedImage picture() {
        Tiles now = tiles;
        if (now == null) {
            BufferedImage first = renderFrame(0);
            now = Tiles.whole(count, first.getWidth(), first.getHeight(), aspectRatio);
            tiles = now;
        }
        return now.draw(this, count);
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            recorder.close();
        }
    }
}
