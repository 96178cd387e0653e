@NullMarked
package io.riacho.firehose.deliverystream;

import org.jspecify.annotations.NullMarked;
