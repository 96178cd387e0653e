/** What the embedded S3 promises. */
@NullMarked
package io.riacho.s3;

import org.jspecify.annotations.NullMarked;
