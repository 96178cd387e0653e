/** Delivery streams as the API makes, describes and changes them. */
@NullMarked
package io.riacho.firehose.deliverystream;

import org.jspecify.annotations.NullMarked;
