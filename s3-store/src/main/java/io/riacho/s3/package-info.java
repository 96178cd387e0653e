/** An S3 endpoint of our own, on a folder, for delivery streams that have no other. */
@NullMarked
package io.riacho.s3;

import org.jspecify.annotations.NullMarked;
