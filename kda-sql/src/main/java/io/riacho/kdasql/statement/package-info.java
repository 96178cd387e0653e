/** The statements and operators that the dialect adds to Calcite's. */
@NullMarked
package io.riacho.kdasql.statement;

import org.jspecify.annotations.NullMarked;
