package io.riacho.kdasql;

/**
 * What code may be at most.
 *
 * @param codeCharacters length of the code; Amazon's limit is 102,400
 * @param statements number of statements
 * @param nesting how deeply parentheses, and the operators of an expression, may be nested
 * @param expressionCharacters length of one translated expression, which functions of the application can make grow
 */
public record Limits(int codeCharacters, int statements, int nesting, int expressionCharacters) {
    public static final Limits DEFAULT = new Limits(102_400, 500, 500, 500_000);
}
