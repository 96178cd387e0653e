package io.riacho.leasetables.value;

import io.riacho.leasetables.error.DynamoErrors;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * DynamoDB's numbers: at most 38 significant digits, magnitudes from 1E-130 to 9.99…E+125.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">data
 *     types</a>
 */
public final class Numbers {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?");
    private static final int LONGEST_TEXT = 512;
    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;

    private static final int NEGATIVE = 0;
    private static final int ZERO = 1;
    private static final int POSITIVE = 2;

    private Numbers() {}

    /** @throws io.riacho.protocol.AwsException ValidationException where it is none, or none that DynamoDB keeps */
    public static BigDecimal parse(String text) {
        if (text.isEmpty()) {
            throw DynamoErrors.notANumber("");
        }
        if (text.length() > LONGEST_TEXT || !NUMBER.matcher(text).matches()) {
            throw DynamoErrors.notANumber(text);
        }
        return checked(new BigDecimal(text));
    }

    /** The number as DynamoDB keeps it: without trailing zeros. */
    public static BigDecimal checked(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = exponent(stripped);
        if (exponent > MAX_EXPONENT) {
            throw DynamoErrors.numberOverflow();
        }
        if (exponent < MIN_EXPONENT) {
            throw DynamoErrors.numberUnderflow();
        }
        if (stripped.precision() > MAX_DIGITS) {
            throw DynamoErrors.tooManyDigits();
        }
        return stripped;
    }

    /** Adds two numbers that DynamoDB keeps. The sum of numbers that are far apart has more digits than it keeps. */
    public static BigDecimal sum(BigDecimal a, BigDecimal b) {
        return checked(a.add(b));
    }

    /** As DynamoDB writes it, without an exponent. */
    public static String text(BigDecimal number) {
        return number.toPlainString();
    }

    /** What it adds to an item's size, in bytes. */
    static int size(BigDecimal number) {
        return (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
    }

    /**
     * Bytes that are ordered, unsigned, as the numbers are: the sign, the exponent, then two digits in each byte. A
     * negative number's bytes are the complement, and end with a byte larger than any other, because it is the smaller the
     * more digits it has.
     */
    static byte[] ordered(BigDecimal number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(24);
        if (number.signum() == 0) {
            bytes.write(ZERO);
            return bytes.toByteArray();
        }
        int complement = number.signum() < 0 ? 0xFF : 0;
        bytes.write(number.signum() < 0 ? NEGATIVE : POSITIVE);
        bytes.write((exponent(number) - MIN_EXPONENT) ^ complement);
        String digits = number.unscaledValue().abs().toString();
        for (int i = 0; i < digits.length(); i += 2) {
            int tens = digits.charAt(i) - '0';
            int ones = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            bytes.write((tens * 10 + ones + 1) ^ complement);
        }
        if (complement != 0) {
            bytes.write(0xFF);
        }
        return bytes.toByteArray();
    }

    private static int exponent(BigDecimal number) {
        return number.precision() - number.scale() - 1;
    }
}
