package org.rltune.experiments.crash;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.crash.DiskEvents.Change;

/**
 * A file system over the real one that tells of every change before it happens, so that a test can delay it, or make it
 * fail as a full or broken disk does. {@link #path} gives the way in; everything that is resolved from there stays inside.
 */
public final class TestDisk extends FileSystemProvider {
    private final FileSystem real;
    private final FileSystemProvider under;
    private final DiskEvents events;
    private final TestFileSystem fileSystem = new TestFileSystem(this);

    private TestDisk(FileSystem real, DiskEvents events) {
        this.real = real;
        this.under = real.provider();
        this.events = events;
    }

    /** Returns the path of the same name on a new disk that tells of its changes. */
    public static Path path(Path onRealDisk, DiskEvents events) {
        TestDisk disk = new TestDisk(onRealDisk.getFileSystem(), events);
        return new TestPath(disk.fileSystem, onRealDisk);
    }

    FileSystem real() {
        return real;
    }

    static Path real(Path path) {
        return path instanceof TestPath test ? test.real() : path;
    }

    private interface Action<T> {
        T run() throws IOException;
    }

    private <T> T change(Change change, Path path, Action<T> action) throws IOException {
        events.begins(change, real(path));
        try {
            return action.run();
        } finally {
            events.ends(change, real(path));
        }
    }

    @Override
    public String getScheme() {
        return "testdisk";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("Use TestDisk.path.");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("Use TestDisk.path.");
    }

    private static boolean writes(Set<? extends OpenOption> options) {
        return options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (!writes(options)) {
            return new TestChannel(under.newFileChannel(real(path), options, attributes), real(path), events);
        }
        return change(
                Change.OPEN,
                path,
                () -> new TestChannel(under.newFileChannel(real(path), options, attributes), real(path), events));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return writes(options)
                ? newFileChannel(path, options, attributes)
                : under.newByteChannel(real(path), options, attributes);
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        OutputStream out = change(Change.OPEN, path, () -> under.newOutputStream(real(path), options));
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                change(Change.WRITE, path, () -> {
                    int half = count / 2;
                    out.write(bytes, from, half);
                    events.halfWritten(real(path));
                    out.write(bytes, from + half, count - half);
                    return true;
                });
            }
        };
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> entries = under.newDirectoryStream(real(folder), entry -> filter.accept(wrap(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> inside = entries.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return inside.hasNext();
                    }

                    @Override
                    public Path next() {
                        // Names are resolved against the folder as it was given, as the real file system does.
                        return wrap(inside.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                entries.close();
            }
        };
    }

    Path wrap(Path path) {
        return new TestPath(fileSystem, path);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        change(Change.MAKE_FOLDER, folder, () -> {
            under.createDirectory(real(folder), attributes);
            return true;
        });
    }

    @Override
    public void delete(Path path) throws IOException {
        change(Change.DELETE, path, () -> {
            under.delete(real(path));
            return true;
        });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        change(Change.WRITE, target, () -> {
            under.copy(real(source), real(target), options);
            return true;
        });
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        change(Change.MOVE, target, () -> {
            under.move(real(source), real(target), options);
            return true;
        });
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return under.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return under.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return under.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        under.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return under.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return under.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return under.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, @Nullable Object value, LinkOption... options)
            throws IOException {
        under.setAttribute(real(path), attribute, value, options);
    }
}
