package io.riacho.s3;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;

/** The entries of a folder as paths of the store. */
record StoreFolder(StoreFileSystem fileSystem, DirectoryStream<Path> real) implements DirectoryStream<Path> {

    @Override
    public Iterator<Path> iterator() {
        Iterator<Path> entries = real.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Path next() {
                return new StorePath(fileSystem, entries.next());
            }
        };
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
