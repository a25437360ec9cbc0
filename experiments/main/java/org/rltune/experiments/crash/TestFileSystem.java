package org.rltune.experiments.crash;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The file system of a {@link TestDisk}: that of the real disk, with paths that stay on this one. */
final class TestFileSystem extends FileSystem {
    private final TestDisk disk;

    TestFileSystem(TestDisk disk) {
        this.disk = disk;
    }

    @Override
    public FileSystemProvider provider() {
        return disk;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("The real file system is not closed.");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return disk.real().getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        disk.real().getRootDirectories().forEach(root -> roots.add(disk.wrap(root)));
        return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return disk.real().getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return disk.real().supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return disk.wrap(disk.real().getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = disk.real().getPathMatcher(pattern);
        return path -> matcher.matches(TestDisk.real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return disk.real().getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("Nothing is watched here.");
    }
}
