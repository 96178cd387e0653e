/** What belongs to the account: limits and settings. */
@NullMarked
package io.riacho.streams.account;

import org.jspecify.annotations.NullMarked;
