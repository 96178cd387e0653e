/** What callers of the catalog, and those who read its tables, can count on. */
@NullMarked
package io.riacho.firehose.catalog;

import org.jspecify.annotations.NullMarked;
