/** Who asks: AWS Signature Version 4, in headers and in presigned queries. */
@NullMarked
package io.riacho.protocol.signature;

import org.jspecify.annotations.NullMarked;
