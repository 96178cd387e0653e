/** What the embedded S3 promises. */
@NullMarked
package io.riacho.standalone.s3;

import org.jspecify.annotations.NullMarked;
