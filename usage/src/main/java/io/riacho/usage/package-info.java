/** What AWS charges for, metered: each service meters its own, and one answer has them all. */
@NullMarked
package io.riacho.usage;

import org.jspecify.annotations.NullMarked;
