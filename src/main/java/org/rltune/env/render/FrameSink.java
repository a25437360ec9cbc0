package org.rltune.env.render;

import java.awt.image.BufferedImage;

/** Where the pictures of an environment go while it runs, such as an {@link EnvWindow}. */
public interface FrameSink extends AutoCloseable {
    /** Takes the next picture; it may be changed afterwards. */
    void show(BufferedImage picture);

    /** Whether nobody will see a further picture. */
    boolean isClosed();

    /** Ends the showing; calling it twice is harmless. */
    @Override
    void close();
}
