/** How the service works with its database. */
@NullMarked
package io.riacho.auth.database;

import org.jspecify.annotations.NullMarked;
