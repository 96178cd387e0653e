package io.riacho.leasetables.expression;

/** A part of a condition: a condition itself, or one of its operands. */
sealed interface Node permits Condition, Operand {}
