package io.riacho.s3.nio2blob;

import java.nio.file.Path;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/** Objects as files, in the folder of their bucket and under their own names. */
public final class FolderBlobStore extends AbstractNio2BlobStore {

    /** @param root the folder of all buckets, of any file system */
    public FolderBlobStore(Path root) {
        super(root);
    }
}
