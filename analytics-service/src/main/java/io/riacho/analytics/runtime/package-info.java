/** Jobs on Flink: an embedded cluster, or a remote one. */
@NullMarked
package io.riacho.analytics.runtime;

import org.jspecify.annotations.NullMarked;
