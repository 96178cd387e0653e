package io.riacho.leasetables.expression;

/**
 * A word of an expression.
 *
 * @param start where it begins in the expression's text
 * @param end behind its last character
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        /** A keyword, a function's name or an attribute's. */
        WORD,
        /** {@code #name} */
        NAME,
        /** {@code :value} */
        VALUE,
        NUMBER,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Keywords may be written in any case. */
    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
}
