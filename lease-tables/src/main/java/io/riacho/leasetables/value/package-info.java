/** DynamoDB's values: their types, limits, sizes, order and forms. */
@NullMarked
package io.riacho.leasetables.value;

import org.jspecify.annotations.NullMarked;
