/** What a delivery stream did last. */
@NullMarked
package io.riacho.firehose.activity;

import org.jspecify.annotations.NullMarked;
