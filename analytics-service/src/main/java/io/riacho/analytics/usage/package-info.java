/** What applications use of what AWS charges for. */
@NullMarked
package io.riacho.analytics.usage;

import org.jspecify.annotations.NullMarked;
