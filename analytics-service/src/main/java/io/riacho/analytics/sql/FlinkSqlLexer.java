package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.impl.SimpleCharStream;
import org.apache.calcite.sql.parser.impl.SqlParserImplConstants;
import org.apache.calcite.sql.parser.impl.SqlParserImplTokenManager;
import org.apache.calcite.sql.parser.impl.Token;
import org.apache.calcite.sql.parser.impl.TokenMgrError;

/** Finds the words of Flink SQL, whose lexer is Calcite's with identifiers in back quotes. */
final class FlinkSqlLexer {

    private static final Pattern WHERE = Pattern.compile("at line (\\d+), column (\\d+)");

    private FlinkSqlLexer() {}

    /**
     * A word, sign, string or name.
     *
     * @param image as it is written
     * @param line from 1
     * @param column from 1
     * @param start where it begins in the code
     * @param end behind it
     */
    record Lexeme(int kind, String image, int line, int column, int start, int end) {

        boolean isString() {
            return kind == SqlParserImplConstants.QUOTED_STRING;
        }

        /** Whether it is a string in any of SQL's forms. */
        boolean isLiteral() {
            return isString()
                    || kind == SqlParserImplConstants.PREFIXED_STRING_LITERAL
                    || kind == SqlParserImplConstants.UNICODE_STRING_LITERAL
                    || kind == SqlParserImplConstants.BINARY_STRING_LITERAL;
        }

        boolean isHintBegin() {
            return kind == SqlParserImplConstants.HINT_BEG;
        }

        boolean isEnd() {
            return kind == SqlParserImplConstants.SEMICOLON;
        }

        /** Whether it is that word, in whatever case. */
        boolean is(String word) {
            return image.equalsIgnoreCase(word);
        }

        /** In capital letters; strings and quoted names are no words. */
        String word() {
            return isString() || image.startsWith("`") ? "" : image.toUpperCase(Locale.ROOT);
        }

        /** What a string says, or a name is, whether it is in quotes or not. */
        String name() {
            if (isString()) {
                return text();
            }
            return image.startsWith("`") && image.length() > 1
                    ? image.substring(1, image.length() - 1).replace("``", "`")
                    : image;
        }

        /** What a string says. */
        String text() {
            return image.substring(1, image.length() - 1).replace("''", "'");
        }
    }

    /** @throws CodeException where something is no word of SQL */
    static List<Lexeme> read(String code) {
        int[] lines = lines(code);
        SqlParserImplTokenManager tokens =
                new SqlParserImplTokenManager(new Characters(code), SqlParserImplConstants.BTID);
        List<Lexeme> lexemes = new ArrayList<>();
        try {
            while (true) {
                Token token = tokens.getNextToken();
                if (token.kind == SqlParserImplConstants.EOF) {
                    return lexemes;
                }
                lexemes.add(new Lexeme(
                        token.kind,
                        token.image,
                        token.beginLine,
                        token.beginColumn,
                        lines[token.beginLine - 1] + token.beginColumn - 1,
                        lines[token.endLine - 1] + token.endColumn));
            }
        } catch (TokenMgrError e) {
            String message = String.valueOf(e.getMessage());
            Matcher where = WHERE.matcher(message);
            boolean known = where.find();
            throw new CodeException(
                    message, known ? Integer.parseInt(where.group(1)) : 0, known ? Integer.parseInt(where.group(2)) : 0);
        }
    }

    /** A tab is one character, so that lines and columns are places in the code. */
    private static final class Characters extends SimpleCharStream {

        Characters(String code) {
            super(new StringReader(code), 1, 1);
            setTabSize(1);
        }
    }

    /** Where lines begin, as Calcite counts them. */
    private static int[] lines(String code) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == code.length() || code.charAt(i + 1) != '\n'))) {
                starts.add(i + 1);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }
}
