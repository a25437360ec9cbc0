package org.rltune.experiments.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.crash.DiskEvents.Change;

/** A channel of a {@link TestDisk}: writes in two halves, and tells of them. */
final class TestChannel extends FileChannel {
    private final FileChannel real;
    private final Path file;
    private final DiskEvents events;

    TestChannel(FileChannel real, Path file, DiskEvents events) {
        this.real = real;
        this.file = file;
        this.events = events;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        events.begins(Change.WRITE, file);
        try {
            int end = source.limit();
            source.limit(source.position() + source.remaining() / 2);
            int written = writeFully(source);
            source.limit(end);
            events.halfWritten(file);
            return written + writeFully(source);
        } finally {
            events.ends(Change.WRITE, file);
        }
    }

    private int writeFully(ByteBuffer source) throws IOException {
        int written = 0;
        while (source.hasRemaining()) {
            written += real.write(source);
        }
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(sources[i]);
        }
        return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        events.begins(Change.WRITE, file);
        try {
            return real.write(source, position);
        } finally {
            events.ends(Change.WRITE, file);
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        events.begins(Change.FORCE, file);
        try {
            real.force(metaData);
        } finally {
            events.ends(Change.FORCE, file);
        }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        events.begins(Change.WRITE, file);
        try {
            real.truncate(size);
            return this;
        } finally {
            events.ends(Change.WRITE, file);
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return real.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return real.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        events.begins(Change.WRITE, file);
        try {
            return real.transferFrom(source, position, count);
        } finally {
            events.ends(Change.WRITE, file);
        }
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
