/** The store of files. S3Proxy knows what its stores can do by the names of their packages, and this is its name for files. */
@NullMarked
package io.riacho.s3.nio2blob;

import org.jspecify.annotations.NullMarked;
