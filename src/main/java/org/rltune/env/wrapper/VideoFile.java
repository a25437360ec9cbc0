package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.rltune.env.render.EpisodeGif;
import org.rltune.env.render.Pixels;

/** A recording that is being written. */
abstract class VideoFile {
    private long frames;

    static VideoFile gif(Path file, int fps) {
        EpisodeGif gif = new EpisodeGif(file, fps);
        return new VideoFile() {
            @Override
            void write(BufferedImage picture) {
                gif.add(picture);
            }

            @Override
            void close() {
                gif.close();
            }
        };
    }

    static VideoFile png(Path folder) {
        return new VideoFile() {
            @Override
            void write(BufferedImage picture) {
                String number = String.valueOf(frames());
                Path file = folder.resolve("0".repeat(Math.max(0, 6 - number.length())) + number + ".png");
                try {
                    Files.createDirectories(folder);
                    ImageIO.write(Pixels.copy(picture), "png", file.toFile());
                } catch (IOException e) {
                    throw new UncheckedIOException(
                            "Cannot write " + file + " (" + e + "). Is there room on the disk?", e);
                }
            }

            @Override
            void close() {}
        };
    }

    final void add(BufferedImage picture) {
        write(picture);
        frames++;
    }

    final long frames() {
        return frames;
    }

    abstract void write(BufferedImage picture);

    abstract void close();
}
