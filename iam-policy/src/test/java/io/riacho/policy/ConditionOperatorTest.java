package io.riacho.policy;

import static io.riacho.policy.Requests.ACCOUNT;
import static io.riacho.policy.Requests.USER;
import static io.riacho.policy.Requests.decide;
import static io.riacho.policy.Requests.identity;
import static io.riacho.policy.Requests.putRecord;
import static io.riacho.policy.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each condition operator, by IAM's page "Condition operators" and those on several values. */
class ConditionOperatorTest {

    private static final String KEY = "aws:key";

    @ParameterizedTest(name = "{0} {1}: {2} -> {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            emptyValue = "",
            value = {
                "StringEquals | 'Team' | Team | true",
                "StringEquals | 'Team' | team | false",
                "StringEquals | 'Te*' | Team | false",
                "StringEquals | 'Te*' | Te* | true",
                "StringEquals | ['a','b'] | b | true",
                "StringEquals | ['a','b'] | c | false",
                "StringEquals | 10 | 10 | true",
                "StringEquals | true | true | true",
                "StringNotEquals | 'Team' | team | true",
                "StringNotEquals | 'Team' | Team | false",
                "StringNotEquals | ['a','b'] | b | false",
                "StringNotEquals | ['a','b'] | c | true",
                "StringEqualsIgnoreCase | 'Team' | tEAM | true",
                "StringEqualsIgnoreCase | 'Te*' | team | false",
                "StringNotEqualsIgnoreCase | 'Team' | tEAM | false",
                "StringNotEqualsIgnoreCase | 'Team' | teams | true",
                "StringLike | 'home/*' | home/a/b:c | true",
                "StringLike | 'home/?' | home/ab | false",
                "StringLike | 'HOME/*' | home/a | false",
                "StringNotLike | 'home/*' | home/a | false",
                "StringNotLike | 'home/*' | work/a | true",
                "NumericEquals | '10' | 10.0 | true",
                "NumericEquals | 10 | 1e1 | true",
                "NumericEquals | '10' | 11 | false",
                "NumericEquals | '10' | ten | false",
                "NumericNotEquals | '10' | 10.0 | false",
                "NumericNotEquals | '10' | 11 | true",
                "NumericLessThan | '10' | 9.99 | true",
                "NumericLessThan | '10' | 10 | false",
                "NumericGreaterThan | '10' | 9e999999999 | false",
                "NumericGreaterThan | '10' | 1e2147483648 | false",
                "NumericLessThan | '10' | 1e-999999999 | false",
                "NumericLessThanEquals | '10' | 10 | true",
                "NumericLessThanEquals | '10' | 11 | false",
                "NumericGreaterThan | '-1' | 0 | true",
                "NumericGreaterThan | '10' | 10 | false",
                "NumericGreaterThanEquals | '10' | 10 | true",
                "NumericGreaterThanEquals | '10' | 9 | false",
                "DateEquals | '2020-01-01T00:00:01Z' | 2020-01-01T01:00:01+01:00 | true",
                "DateEquals | '2020-01-01T00:00:01Z' | 1577836801 | true",
                "DateEquals | 1577836801 | 2020-01-01T00:00:01Z | true",
                "DateEquals | 1577836801.5 | 2020-01-01T00:00:01.5Z | true",
                "DateEquals | 1577836801.5 | 2020-01-01T00:00:01Z | false",
                "DateEquals | '-1.5' | 1969-12-31T23:59:58.5Z | true",
                "DateEquals | '2020' | 2020-01-01T00:00Z | true",
                "DateEquals | '2020-02' | 2020-02-01T00:00:00.000Z | true",
                "DateEquals | '2020-02-03' | 2020-02-03T00:00:00Z | true",
                "DateEquals | '2020-02-03' | 2020-02-03T00:00:00.5Z | false",
                "DateEquals | '2020-02-03' | yesterday | false",
                "DateNotEquals | '2020-02-03' | 2020-02-03T00:00:00Z | false",
                "DateNotEquals | '2020-02-03' | 2020-02-04T00:00:00Z | true",
                "DateLessThan | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:00Z | true",
                "DateLessThan | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:01Z | false",
                "DateLessThanEquals | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:01Z | true",
                "DateLessThanEquals | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:02Z | false",
                "DateGreaterThan | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:01.001Z | true",
                "DateGreaterThan | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:01Z | false",
                "DateGreaterThanEquals | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:01Z | true",
                "DateGreaterThanEquals | '2020-01-01T00:00:01Z' | 2020-01-01T00:00:00Z | false",
                "Bool | 'true' | true | true",
                "Bool | true | True | true",
                "Bool | 'false' | true | false",
                "BinaryEquals | 'QmluYXJ5VmFsdWVJbkJhc2U2NA==' | QmluYXJ5VmFsdWVJbkJhc2U2NA== | true",
                "BinaryEquals | 'QmluYXJ5' | QmluYXJ6 | false",
                "BinaryEquals | 'QmluYXJ5' | !! | false",
                "IpAddress | '203.0.113.0/24' | 203.0.113.255 | true",
                "IpAddress | '203.0.113.0/24' | 203.0.114.0 | false",
                "IpAddress | '203.0.113.77/25' | 203.0.113.1 | true",
                "IpAddress | '203.0.113.0/25' | 203.0.113.128 | false",
                "IpAddress | '203.0.113.7' | 203.0.113.7 | true",
                "IpAddress | '203.0.113.7' | 203.0.113.8 | false",
                "IpAddress | '203.0.113.7' | ::ffff:203.0.113.7 | true",
                "IpAddress | '0.0.0.0/0' | 8.8.8.8 | true",
                "IpAddress | '0.0.0.0/0' | ::1 | false",
                "IpAddress | '2001:DB8:1234:5678::/64' | 2001:db8:1234:5678:ffff::1 | true",
                "IpAddress | '2001:DB8:1234:5678::/64' | 2001:db8:1234:5679::1 | false",
                "IpAddress | '::1' | 0:0:0:0:0:0:0:1 | true",
                "IpAddress | ['10.0.0.0/8','2001:db8::/32'] | 2001:db8::7 | true",
                "IpAddress | '10.0.0.0/8' | localhost | false",
                "NotIpAddress | '203.0.113.0/24' | 203.0.113.255 | false",
                "NotIpAddress | '203.0.113.0/24' | 203.0.114.0 | true",
                "ArnEquals | 'arn:aws:sns:*:111122223333:t*' | arn:aws:sns:us-east-1:111122223333:topic | true",
                "ArnEquals | 'arn:aws:sns:*:111122223333:t*' | arn:aws:sns:us-east-1:444455556666:topic | false",
                "ArnLike | 'arn:aws:s:*:1:finance/*' | arn:aws:s:us-east-2:1:finance/document.txt | true",
                "ArnLike | 'arn:aws:s:*:1:finance/*' | arn:aws:s:us-east-2:9:store/abc:1:finance/document.txt | false",
                "ArnLike | 'arn:aws:s:*:1:finance/*' | arn:aws:s:us-east-2:1:finance/a:b | true",
                "ArnLike | 'arn:aws:s?s:r:1:q' | arn:aws:sqs:r:1:q | true",
                "ArnLike | 'arn:aws:s?:r:1:q' | arn:aws:s::r:1:q | false",
                "ArnLike | '*' | arn:aws:s:us-east-2:1:x | true",
                "ArnNotEquals | 'arn:aws:sns:r:1:topic' | arn:aws:sns:r:1:topic | false",
                "ArnNotEquals | 'arn:aws:sns:r:1:topic' | arn:aws:sns:r:1:other | true",
                "ArnNotLike | 'arn:aws:sns:*:1:t*' | arn:aws:sns:r:1:topic | false",
                "ArnNotLike | 'arn:aws:sns:*:1:t*' | arn:aws:sns:r:2:topic | true",
                "Null | 'true' | x | false",
                "Null | 'false' | x | true",
                "Null | true | x | false",
                "Null | ['true','false'] | x | true",
            })
    void anOperatorComparesTheKeysValueWithThePolicys(String operator, String values, String actual, boolean expected) {
        assertThat(holds("Allow", operator, values, List.of(actual))).isEqualTo(expected);
        assertThat(holds("Deny", operator, values, List.of(actual))).isEqualTo(expected);
        if (!operator.equals("Null")) {
            assertThat(holds("Allow", operator + "IfExists", values, List.of(actual)))
                    .isEqualTo(expected);
            assertThat(holds("Allow", "ForAllValues:" + operator, values, List.of(actual)))
                    .isEqualTo(expected);
            assertThat(holds("Allow", "ForAnyValue:" + operator + "IfExists", values, List.of(actual)))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0} without the key -> {1}")
    @CsvSource({
        "StringEquals, false",
        "StringNotEquals, true",
        "StringLike, false",
        "StringNotLike, true",
        "StringEqualsIgnoreCase, false",
        "StringNotEqualsIgnoreCase, true",
        "StringEqualsIfExists, true",
        "StringNotEqualsIfExists, true",
        "ForAllValues:StringEquals, true",
        "ForAllValues:StringNotEquals, true",
        "ForAnyValue:StringEquals, false",
        "ForAnyValue:StringNotEquals, false",
        "ForAnyValue:StringEqualsIfExists, true",
        "ForAnyValue:StringNotEqualsIfExists, true",
        "ForAllValues:StringEqualsIfExists, true",
    })
    void anAbsentKeyFailsAllButNegatedOperatorsAndThoseThatSayOtherwise(String operator, boolean expected) {
        assertThat(holds("Allow", operator, "'x'", null)).isEqualTo(expected);
        assertThat(holds("Deny", operator, "'x'", null)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of no value -> {1}")
    @CsvSource({
        "StringEquals, false",
        "StringNotEquals, true",
        "StringEqualsIfExists, false",
        "ForAllValues:StringEquals, true",
        "ForAnyValue:StringEquals, false",
        "ForAnyValue:StringNotEquals, false",
        "ForAnyValue:StringEqualsIfExists, false",
    })
    void aKeyWithoutValuesIsAnEmptySet(String operator, boolean expected) {
        assertThat(holds("Allow", operator, "'x'", List.of())).isEqualTo(expected);
    }

    @Test
    void aSetOfEmptyTextsIsAnEmptySet() {
        assertThat(holds("Allow", "ForAllValues:StringEquals", "'x'", List.of("")))
                .isTrue();
        assertThat(holds("Allow", "ForAnyValue:StringEquals", "''", List.of("")))
                .isFalse();
        assertThat(holds("Allow", "StringEquals", "''", List.of(""))).isTrue();
        assertThat(holds("Allow", "ForAllValues:StringEquals", "'x'", List.of("", "y")))
                .isFalse();
    }

    @Test
    void nullIsAboutPresence() {
        assertThat(holds("Allow", "Null", "'true'", null)).isTrue();
        assertThat(holds("Allow", "Null", "'false'", null)).isFalse();
        assertThat(holds("Allow", "Null", "'true'", List.of())).isTrue();
        assertThat(holds("Allow", "Null", "'false'", List.of())).isFalse();
    }

    /** The table of IAM's page "Multivalued context keys", and DynamoDB's example of requested attributes. */
    @ParameterizedTest(name = "{0} {1}: {2} -> {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ForAllValues:StringLike | ['PostDateTime','Message','Tags'] | PostDateTime,Message | true",
                "ForAllValues:StringLike | ['PostDateTime','Message','Tags'] | PostDateTime,UserName | false",
                "ForAnyValue:StringLike | ['ID','PostDateTime'] | UserName,Message,PostDateTime | true",
                "ForAnyValue:StringLike | ['ID','PostDateTime'] | UserName | false",
                "ForAllValues:StringNotLike | 'key1*' | key1:legal | false",
                "ForAllValues:StringNotLike | 'key1*' | key1:hr,key1:personnel | false",
                "ForAllValues:StringNotLike | 'key1*' | key2:audit | true",
                "ForAllValues:StringNotLike | 'key1*' | key2:audit,key1:hr | false",
                "ForAnyValue:StringNotLike | 'key1*' | key2:audit,key1:hr | true",
                "ForAnyValue:StringNotLike | 'key1*' | key1:legal,key1:hr | false",
                "ForAnyValue:StringNotEquals | ['a','b'] | a,b | false",
                "ForAnyValue:StringNotEquals | ['a','b'] | a,c | true",
                "ForAllValues:NumericLessThan | '10' | 1,9 | true",
                "ForAllValues:NumericLessThan | '10' | 1,10 | false",
                "ForAllValues:IpAddress | '10.0.0.0/8' | 10.1.1.1,10.2.2.2 | true",
            })
    void severalValuesAreComparedAsTheQuantifierSays(String operator, String values, String actual, boolean expected) {
        List<String> all = Arrays.asList(actual.split(","));
        assertThat(holds("Allow", operator, values, all)).isEqualTo(expected);
        assertThat(holds("Deny", operator, values, all)).isEqualTo(expected);
    }

    @Test
    void severalValuesWithoutAQuantifierMustAllHoldToAllowAndOneToDeny() {
        assertThat(holds("Allow", "StringEquals", "'a'", List.of("a", "b"))).isFalse();
        assertThat(holds("Allow", "StringEquals", "['a','b']", List.of("a", "b")))
                .isTrue();
        assertThat(holds("Deny", "StringEquals", "'a'", List.of("b", "a"))).isTrue();
        assertThat(holds("Allow", "StringNotEquals", "'a'", List.of("b", "a"))).isFalse();
        assertThat(holds("Deny", "StringNotEquals", "'a'", List.of("a", "b"))).isTrue();
        assertThat(holds("Deny", "StringNotEquals", "'a'", List.of("a", "a"))).isFalse();
    }

    @Test
    void allOperatorsAndAllKeysMustHold() {
        NamedPolicy policy = identity("{'Effect':'Allow','Action':'*','Resource':'*','Condition':{"
                + "'StringEquals':{'aws:a':'1','aws:b':'2'},'NumericLessThan':{'aws:c':'3'}}}");
        PolicySet policies = PolicySet.ofIdentity(List.of(policy));

        assertThat(allows(policies, Requests.context("aws:a", "1", "aws:b", "2", "aws:c", "2")))
                .isTrue();
        assertThat(allows(policies, Requests.context("aws:a", "0", "aws:b", "2", "aws:c", "2")))
                .isFalse();
        assertThat(allows(policies, Requests.context("aws:a", "1", "aws:b", "0", "aws:c", "2")))
                .isFalse();
        assertThat(allows(policies, Requests.context("aws:a", "1", "aws:b", "2", "aws:c", "3")))
                .isFalse();
    }

    @Test
    void keysAreTheSameInAnyCase() {
        PolicySet policies = PolicySet.ofIdentity(List.of(identity("{'Effect':'Allow','Action':'*','Resource':'*',"
                + "'Condition':{'StringEquals':{'AWS:PrincipalTag/Team':'x'}}}")));

        assertThat(allows(policies, Requests.context("aws:principaltag/TEAM", "x")))
                .isTrue();
    }

    @Test
    void aContextIsAskedInAnyCase() {
        assertThat(ConditionContext.of(Map.of("aws:Key", List.of("x"))).values("AWS:kEY"))
                .containsExactly("x");
    }

    private static boolean allows(PolicySet policies, ConditionContext context) {
        return decide(with(putRecord(USER), context), policies).isAllowed();
    }

    private static boolean holds(String effect, String operator, String values, @Nullable List<String> actual) {
        NamedPolicy policy = identity("{'Effect':'" + effect + "','Action':'*','Resource':'*','Condition':{'" + operator
                + "':{'" + KEY + "':" + values + "}}}");
        ConditionContext context = actual == null ? ConditionContext.EMPTY : ConditionContext.of(Map.of(KEY, actual));
        AuthorizationRequest request = new AuthorizationRequest(USER, "a:b", "*", ACCOUNT, context);
        Decision decision = decide(request, PolicySet.ofIdentity(List.of(policy)));
        return decision.outcome() != Decision.Outcome.IMPLICIT_DENY;
    }
}
