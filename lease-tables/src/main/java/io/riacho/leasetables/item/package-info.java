/** Items: reading, conditional writing, transactions, queries and scans. */
@NullMarked
package io.riacho.leasetables.item;

import org.jspecify.annotations.NullMarked;
