/** What a service says of its health: each part asked within a bounded time, and no more of it told than anybody may know. */
@NullMarked
package io.riacho.health;

import org.jspecify.annotations.NullMarked;
