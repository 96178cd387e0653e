package io.riacho.leasetables.expression;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.List;

/** The words of one expression, read from left to right. */
final class Tokens {

    private static final int LONGEST = 4096;

    private final String parameter;
    private final String text;
    private final List<Token> tokens;
    private int next;

    /**
     * @param parameter such as {@code ConditionExpression}, for errors
     * @throws AwsException ValidationException where the text is empty, too long, or has a character of no word
     */
    Tokens(String parameter, String text) {
        this.parameter = parameter;
        this.text = text;
        if (text.isBlank()) {
            throw invalid("The expression can not be empty;");
        }
        if (text.length() > LONGEST) {
            throw invalid("Expression size has exceeded the maximum allowed size; expression size: " + text.length());
        }
        this.tokens = split();
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    boolean takeIfSymbol(String symbol) {
        if (peek().isSymbol(symbol)) {
            next++;
            return true;
        }
        return false;
    }

    boolean takeIfWord(String word) {
        if (peek().isWord(word)) {
            next++;
            return true;
        }
        return false;
    }

    void expectSymbol(String symbol) {
        if (!takeIfSymbol(symbol)) {
            throw syntaxError();
        }
    }

    void expectWord(String word) {
        if (!takeIfWord(word)) {
            throw syntaxError();
        }
    }

    void expectEnd() {
        if (peek().kind() != Token.Kind.END) {
            throw syntaxError();
        }
    }

    /** At the token that comes next. */
    AwsException syntaxError() {
        Token token = peek();
        int from = tokens.get(Math.max(next - 1, 0)).start();
        int to = tokens.get(Math.min(next + 1, tokens.size() - 1)).end();
        String shown = token.kind() == Token.Kind.END ? "<EOF>" : token.text();
        return invalid("Syntax error; token: \"" + shown + "\", near: \"" + text.substring(from, to) + "\"");
    }

    AwsException invalid(String problem) {
        return DynamoErrors.validation("Invalid " + parameter + ": " + problem);
    }

    private List<Token> split() {
        List<Token> found = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                position++;
                continue;
            }
            Token token = tokenAt(position, c);
            found.add(token);
            position = token.end();
        }
        found.add(new Token(Token.Kind.END, "", text.length(), text.length()));
        return found;
    }

    private Token tokenAt(int start, char c) {
        if (isLetter(c)) {
            return token(Token.Kind.WORD, start, endOfWord(start));
        }
        if (isDigit(c)) {
            int end = start;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            return token(Token.Kind.NUMBER, start, end);
        }
        if (c == '#' || c == ':') {
            int end = endOfWord(start + 1);
            if (end > start + 1) {
                return token(c == '#' ? Token.Kind.NAME : Token.Kind.VALUE, start, end);
            }
        }
        if (text.startsWith("<>", start) || text.startsWith("<=", start) || text.startsWith(">=", start)) {
            return token(Token.Kind.SYMBOL, start, start + 2);
        }
        if ("=<>()[],.+-".indexOf(c) >= 0) {
            return token(Token.Kind.SYMBOL, start, start + 1);
        }
        String near = text.substring(Math.max(0, start - 10), Math.min(text.length(), start + 10));
        throw invalid("Syntax error; token: \"" + c + "\", near: \"" + near + "\"");
    }

    private Token token(Token.Kind kind, int start, int end) {
        return new Token(kind, text.substring(start, end), start, end);
    }

    private int endOfWord(int start) {
        int end = start;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
