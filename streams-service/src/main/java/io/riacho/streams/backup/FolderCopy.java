package io.riacho.streams.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Copies folders that somebody may be writing to, in the order of names, with permissions and extended attributes, and
 * forces the copies to the disk. Files that are deleted meanwhile are left out.
 */
public final class FolderCopy {

    private final Predicate<Path> isWanted;

    /** @param isWanted asked for each file and folder below the one that is copied */
    public FolderCopy(Predicate<Path> isWanted) {
        this.isWanted = isWanted;
    }

    /** A copy of everything. */
    public static FolderCopy ofAll() {
        return new FolderCopy(_ -> true);
    }

    /** @param to made where it does not exist; files of the same names are replaced */
    public void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isDirectory(to)) {
                Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
            for (Path child : children(from)) {
                if (isWanted.test(child)) {
                    copy(child, to.resolve(child.getFileName().toString()));
                }
            }
            force(to);
        } else {
            copyFile(from, to);
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try {
            Files.copy(
                    from,
                    to,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return;
        }
        if (Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
            force(to);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        Collections.sort(children);
        return children;
    }

    /** Forces a file, or the names in a folder, to the disk. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a folder and what is in it. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : children(folder)) {
                remove(child);
            }
        }
        Files.delete(folder);
    }
}
