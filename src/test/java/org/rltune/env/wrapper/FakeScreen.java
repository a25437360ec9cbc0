package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.rltune.env.render.FrameSink;

/** A screen that keeps its pictures. */
public final class FakeScreen implements FrameSink {
    public final List<BufferedImage> pictures = new ArrayList<>();
    public boolean closed;

    @Override
    public void show(BufferedImage picture) {
        pictures.add(picture);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
