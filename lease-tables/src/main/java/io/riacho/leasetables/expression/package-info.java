/** DynamoDB's expressions, and the older parameters that say the same. */
@NullMarked
package io.riacho.leasetables.expression;

import org.jspecify.annotations.NullMarked;
