package io.riacho.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of the usual file system, seen through a {@link StoreFileSystem}. */
final class StorePath implements Path {

    private final StoreFileSystem fileSystem;
    private final Path real;

    StorePath(StoreFileSystem fileSystem, Path real) {
        this.fileSystem = fileSystem;
        this.real = real;
    }

    Path real() {
        return real;
    }

    @Override
    public StoreFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return real.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrapped(real.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrapped(real.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrapped(real.getParent());
    }

    @Override
    public int getNameCount() {
        return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return with(real.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return with(real.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof StorePath path && real.startsWith(path.real);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof StorePath path && real.endsWith(path.real);
    }

    @Override
    public Path normalize() {
        return with(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return with(real.resolve(unwrapped(other)));
    }

    @Override
    public Path relativize(Path other) {
        return with(real.relativize(unwrapped(other)));
    }

    @Override
    public URI toUri() {
        return real.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return with(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return with(real.toRealPath(options));
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.@Nullable Modifier... modifiers) {
        throw new UnsupportedOperationException("Objects are not watched");
    }

    @Override
    public int compareTo(Path other) {
        return real.compareTo(unwrapped(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorePath path && real.equals(path.real);
    }

    @Override
    public int hashCode() {
        return real.hashCode();
    }

    @Override
    public String toString() {
        return real.toString();
    }

    static Path unwrapped(Path path) {
        if (path instanceof StorePath ours) {
            return ours.real;
        }
        throw new ProviderMismatchException(path.toString());
    }

    private StorePath with(Path other) {
        return new StorePath(fileSystem, other);
    }

    private @Nullable Path wrapped(@Nullable Path other) {
        return other == null ? null : with(other);
    }
}
