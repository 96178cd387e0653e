package io.riacho.leasetables.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import io.riacho.protocol.AwsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What expressions mean, and what is wrong with those that mean nothing. */
class ExpressionsTest {

    private static final Map<String, AttributeValue> VALUES = Map.of(
            ":one", AttributeValue.fromN("1.0"),
            ":two", AttributeValue.fromN("2"),
            ":b", AttributeValue.fromS("b"),
            ":S", AttributeValue.fromS("S"),
            ":bin", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {2, 3})),
            ":set", AttributeValue.fromSs(List.of("y", "x")),
            ":list", AttributeValue.fromL(List.of(AttributeValue.fromN("9"))),
            ":true", AttributeValue.fromBool(true));

    private static final Value.Document ITEM = Values.of(Map.of(
            "a", AttributeValue.fromN("1"),
            "s", AttributeValue.fromS("abc"),
            "bin", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2, 3})),
            "tags", AttributeValue.fromSs(List.of("x", "y")),
            "m",
                    AttributeValue.fromM(Map.of(
                            "l", AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromS("b"))))),
            "nothing", AttributeValue.fromNul(true)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = :one",
                "a <> :two",
                "absent <> :two",
                "a < :two AND a <= :one AND a >= :one",
                "NOT a > :one",
                "a BETWEEN :one AND :two",
                "a IN (:two, :one)",
                "s < :b OR a = :two AND s = :b",
                "(a = :one OR s = :b) AND NOT (s = :b)",
                "(a) = (:one)",
                "attribute_exists(m.l[1]) and attribute_not_exists(m.l[2])",
                "attribute_exists(nothing)",
                "attribute_type(s, :S)",
                "begins_with(bin, absent) OR contains(s, :b)",
                "contains(bin, :bin)",
                "contains(tags, m.l[1]) OR contains(m.l, :b)",
                "tags = :set",
                "size(s) > :two AND size(tags) = :two AND size(m.l) = :two",
                "#n = :one",
                "m.l[0] = a"
            })
    void holds(String expression) {
        assertThat(condition(expression).holds(ITEM)).as(expression).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = :b",
                "a < :b",
                "absent = :one",
                "absent < :one",
                "absent IN (:one)",
                "absent BETWEEN :one AND :two",
                "a = :one AND s = :b",
                "begins_with(s, :b)",
                "begins_with(a, :b)",
                "contains(a, :one)",
                "size(a) > :one",
                "attribute_type(a, :S)",
                "a.b = :one",
                "m[0] = :one"
            })
    void doesNotHold(String expression) {
        assertThat(condition(expression).holds(ITEM)).as(expression).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = = :one|Syntax error; token: \"=\", near: \"= = :one\"",
                "a|Syntax error; token: \"<EOF>\", near: \"a\"",
                "a = :one AND|Syntax error; token: \"<EOF>\", near: \"AND\"",
                "a ! :one|Syntax error; token: \"!\", near: \"a ! :one\"",
                "status = :one|Attribute name is a reserved keyword; reserved keyword: status",
                "a = :none|An expression attribute value used in expression is not defined; attribute value: :none",
                "#none = :one|An expression attribute name used in the document path is not defined; attribute name: #none",
                "exists(a)|Invalid function name; function: exists",
                "attribute_exists(a, s)|Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
                "attribute_exists(:one)|Operator or function requires a document path; operator or function: attribute_exists",
                "begins_with(s, :one)|Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
                "a < :true|Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
                "attribute_type(a, :b)|Invalid attribute type name found; type: b, valid types: {S,N,B,BOOL,NULL,SS,NS,BS,L,M}",
                "size(:one) > :one|Incorrect operand type for operator or function; operator or function: size, operand type: N",
                "size(a)|The function is not allowed to be used this way in an expression; function: size",
                "attribute_exists(a) = :true|The function is not allowed to be used this way in an expression; function: attribute_exists",
                "a = a|The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]"
            })
    void aConditionThatMeansNothingIsRefusedInDynamoDbsWords(String expression, String problem) {
        assertThatThrownBy(() -> condition(expression))
                .isInstanceOf(AwsException.class)
                .hasMessage("Invalid ConditionExpression: " + problem);
    }

    @Test
    void boundsInTheWrongOrderAndEmptyExpressionsAreRefused() {
        assertThatThrownBy(() -> condition("a BETWEEN :two AND :one"))
                .hasMessageContaining("The BETWEEN operator requires upper bound to be greater than or equal to lower");
        assertThatThrownBy(() -> condition("a BETWEEN :two AND :b"))
                .hasMessageContaining("The BETWEEN operator requires same data type for lower and upper bounds");
        assertThatThrownBy(() -> condition(" "))
                .hasMessage("Invalid ConditionExpression: The expression can not be empty;");
    }

    @Test
    void hugeAndDeepExpressionsAreRefusedWithoutHarm() {
        assertThatThrownBy(() -> condition("a".repeat(4097)))
                .hasMessage("Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; "
                        + "expression size: 4097");
        assertThatThrownBy(() -> condition("(".repeat(4000))).hasMessageContaining("too many operators");
        assertThatThrownBy(() -> condition("NOT ".repeat(1000))).hasMessageContaining("too many operators");
        assertThatThrownBy(() -> condition("a = :b OR ".repeat(301) + "a = :b"))
                .hasMessageContaining("too many operators");
        assertThatThrownBy(() -> Expressions.update("SET a = " + "(".repeat(4000), placeholders()))
                .hasMessageContaining("too many operators");
    }

    @Test
    void anUpdateSeesTheItemAsItWas() {
        Value.Document updated = Expressions.update(
                        "SET a = a + :two, c = a - :one, d = if_not_exists(absent, s), e = list_append(:list, m.l), "
                                + "m.l[9] = :b REMOVE m.l[0], nothing ADD n :one, t :set DELETE tags :set",
                        placeholders())
                .applyTo(ITEM);

        assertThat(Values.toWire(updated))
                .containsEntry("a", AttributeValue.fromN("3"))
                .containsEntry("c", AttributeValue.fromN("0"))
                .containsEntry("d", AttributeValue.fromS("abc"))
                .containsEntry(
                        "e",
                        AttributeValue.fromL(List.of(
                                AttributeValue.fromN("9"), AttributeValue.fromN("1"), AttributeValue.fromS("b"))))
                .containsEntry(
                        "m",
                        AttributeValue.fromM(Map.of(
                                "l",
                                AttributeValue.fromL(List.of(AttributeValue.fromS("b"), AttributeValue.fromS("b"))))))
                .containsEntry("n", AttributeValue.fromN("1"))
                .containsEntry("t", AttributeValue.fromSs(List.of("y", "x")))
                .doesNotContainKeys("nothing", "tags");
    }

    @Test
    void elementsAreRemovedByTheIndexesTheyHad() {
        Value.Document item = Values.of(Map.of(
                "l",
                AttributeValue.fromL(List.of(
                        AttributeValue.fromS("0"),
                        AttributeValue.fromS("1"),
                        AttributeValue.fromS("2"),
                        AttributeValue.fromS("3")))));

        assertThat(Values.toWire(Expressions.update("REMOVE l[0], l[2], l[7]", new Placeholders(null, null))
                        .applyTo(item)))
                .containsEntry(
                        "l", AttributeValue.fromL(List.of(AttributeValue.fromS("1"), AttributeValue.fromS("3"))));
    }

    @Test
    void aProjectionKeepsTheShapeOfWhatItTakes() {
        Projection projection = Expressions.projection("m.l[1], s, absent.x", new Placeholders(null, null));

        assertThat(Values.toWire(projection.of(ITEM)))
                .isEqualTo(Map.of(
                        "s",
                        AttributeValue.fromS("abc"),
                        "m",
                        AttributeValue.fromM(Map.of("l", AttributeValue.fromL(List.of(AttributeValue.fromS("b")))))));
        assertThatThrownBy(() -> Expressions.projection("m, m.l", new Placeholders(null, null)))
                .hasMessageStartingWith("Invalid ProjectionExpression: Two document paths overlap with each other");
    }

    private static Condition condition(String expression) {
        return Expressions.condition("ConditionExpression", expression, placeholders());
    }

    private static Placeholders placeholders() {
        return new Placeholders(Map.of("#n", "a"), new HashMap<>(VALUES));
    }
}
