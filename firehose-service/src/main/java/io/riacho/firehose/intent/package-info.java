/** What is about to be delivered, written down before it is. */
@NullMarked
package io.riacho.firehose.intent;

import org.jspecify.annotations.NullMarked;
