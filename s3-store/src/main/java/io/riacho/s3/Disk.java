package io.riacho.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes what was written survive the loss of power. */
interface Disk {

    Disk REAL = path -> {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    };

    /** Forces a file with its attributes, or the names in a folder. */
    void force(Path path) throws IOException;
}
