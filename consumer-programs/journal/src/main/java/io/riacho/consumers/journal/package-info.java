/** What a consumer writes down of its work, so that somebody else can check it. */
@NullMarked
package io.riacho.consumers.journal;

import org.jspecify.annotations.NullMarked;
