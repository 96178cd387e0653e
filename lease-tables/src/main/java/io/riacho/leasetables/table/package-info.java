/** Tables: their keys, indexes, tags and settings. */
@NullMarked
package io.riacho.leasetables.table;

import org.jspecify.annotations.NullMarked;
