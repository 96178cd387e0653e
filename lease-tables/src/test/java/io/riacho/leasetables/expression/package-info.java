/** Tests of expressions. */
@NullMarked
package io.riacho.leasetables.expression;

import org.jspecify.annotations.NullMarked;
