package org.rltune.env.wrapper;

import java.nio.file.Path;
import java.util.Locale;

/** What {@link RecordVideo} writes. */
public enum VideoFormat {
    /** One animated GIF for each recording, which any browser plays. */
    GIF {
        @Override
        VideoFile open(Path folder, String name, int fps) {
            return VideoFile.gif(folder.resolve(name + ".gif"), fps);
        }
    },
    /** A folder of PNG files for each recording, in all colours: {@code 000000.png}, {@code 000001.png} and so on. */
    PNG {
        @Override
        VideoFile open(Path folder, String name, int fps) {
            return VideoFile.png(folder.resolve(name));
        }
    };

    abstract VideoFile open(Path folder, String name, int fps);

    /** The format of this name, small letters or capitals. */
    static VideoFormat of(String name) {
        for (VideoFormat format : values()) {
            if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
                return format;
            }
        }
        throw new IllegalArgumentException("The video format is '" + name + "', but it must be gif or png.");
    }
}
