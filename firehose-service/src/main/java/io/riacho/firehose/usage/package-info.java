/** What delivery streams use of what AWS charges for. */
@NullMarked
package io.riacho.firehose.usage;

import org.jspecify.annotations.NullMarked;
