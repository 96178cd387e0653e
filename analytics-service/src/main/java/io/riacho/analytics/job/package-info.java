/** What runs an application: the seam between the control plane and Flink. */
@NullMarked
package io.riacho.analytics.job;

import org.jspecify.annotations.NullMarked;
