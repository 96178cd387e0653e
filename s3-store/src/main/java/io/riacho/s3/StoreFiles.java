package io.riacho.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.spi.FileSystemProvider;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The disk as S3Proxy uses it, which writes each object to a file of another name and then moves it to its own. Here that
 * becomes durable and safe:
 *
 * <ul>
 *   <li>A file that is written lies in a folder of its own, where no listing sees it, until it is moved. What a process
 *       that died left there is deleted at the next start.
 *   <li>A file is forced to the disk before it gets its name, and the folder with the name after that, so what was
 *       answered survives the loss of power.
 *   <li>Nothing outside the folder is reached: neither by {@code ..} nor by a symbolic link.
 * </ul>
 *
 * <p>Safe for use by many threads.
 */
final class StoreFiles extends FileSystemProvider {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;
    private final Path unfinished;
    private final Disk disk;
    private final StoreFileSystem fileSystem;
    private final Map<Path, Path> written = new ConcurrentHashMap<>();

    /**
     * @param root the folder of all buckets
     * @param unfinished the folder of files that are written; on the same disk, and in nobody else's use
     */
    StoreFiles(Path root, Path unfinished, Disk disk) throws IOException {
        this.root = root;
        this.unfinished = unfinished;
        this.disk = disk;
        this.fileSystem = new StoreFileSystem(this, root);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(unfinished)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    StorePath root() {
        return fileSystem.root();
    }

    @Override
    public String getScheme() {
        return "riacho-s3";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (!options.contains(StandardOpenOption.WRITE)) {
            return FileChannel.open(place(path), options);
        }
        Path name = inside(path);
        Path file = unfinished.resolve(UUID.randomUUID().toString());
        Set<OpenOption> fresh = new HashSet<>(options);
        fresh.remove(StandardOpenOption.CREATE);
        fresh.remove(StandardOpenOption.TRUNCATE_EXISTING);
        fresh.add(StandardOpenOption.CREATE_NEW);
        FileChannel channel = FileChannel.open(file, fresh, OWNER_ONLY);
        written.put(name, file);
        return channel;
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> real = Files.newDirectoryStream(
                place(folder),
                entry -> !Files.isSymbolicLink(entry) && filter.accept(new StorePath(fileSystem, entry)));
        return new StoreFolder(fileSystem, real);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        Path place = place(folder);
        Files.createDirectory(place, attributes);
        forceFolderOf(place);
    }

    @Override
    public void delete(Path path) throws IOException {
        Path file = written.remove(inside(path));
        if (file != null) {
            Files.deleteIfExists(file);
            return;
        }
        Path place = place(path);
        Files.delete(place);
        forceFolderOf(place);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("Objects are written and moved, not copied");
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path from = place(source);
        Path to = place(target);
        disk.force(from);
        Files.move(from, to, options);
        if (written.remove(inside(source)) == null) {
            forceFolderOf(from);
        }
        forceFolderOf(to);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Path from = place(existing);
        Path to = place(link);
        disk.force(from);
        Files.createLink(to, from);
        forceFolderOf(to);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return Files.isSameFile(place(one), place(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return Files.isHidden(place(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return Files.getFileStore(place(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path place = place(path);
        place.getFileSystem().provider().checkAccess(place, modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        try {
            return Files.getFileAttributeView(place(path), type, options);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return Files.readAttributes(place(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return Files.readAttributes(place(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        Files.setAttribute(place(path), attribute, value, options);
    }

    /** Where a file really lies. */
    private Path place(Path path) throws IOException {
        Path name = inside(path);
        Path file = written.get(name);
        if (file != null) {
            return file;
        }
        Path part = root;
        for (Path step : root.relativize(name)) {
            part = part.resolve(step);
            if (Files.isSymbolicLink(part)) {
                throw new NoSuchFileException(name.toString(), null, "a symbolic link, which is not followed");
            }
        }
        return name;
    }

    private Path inside(Path path) throws AccessDeniedException {
        Path name = StorePath.unwrapped(path).toAbsolutePath().normalize();
        if (!name.startsWith(root)) {
            throw new AccessDeniedException(name.toString(), null, "outside of the folder of all buckets");
        }
        return name;
    }

    private void forceFolderOf(Path file) throws IOException {
        disk.force(file.resolveSibling(""));
    }
}
