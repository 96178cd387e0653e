/** What policies would decide. */
@NullMarked
package io.riacho.auth.iam.simulation;

import org.jspecify.annotations.NullMarked;
