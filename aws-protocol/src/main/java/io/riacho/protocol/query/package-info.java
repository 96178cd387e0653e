/** The AWS Query protocol: requests as forms, answers as XML. */
@NullMarked
package io.riacho.protocol.query;

import org.jspecify.annotations.NullMarked;
