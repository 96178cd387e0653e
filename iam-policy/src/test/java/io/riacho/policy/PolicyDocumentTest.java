package io.riacho.policy;

import static io.riacho.policy.Requests.document;
import static io.riacho.policy.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a policy document, by IAM's page "Grammar of the IAM JSON policy language", and what is wrong with others. */
class PolicyDocumentTest {

    private static final String ALLOW = "'Effect':'Allow','Action':'kinesis:PutRecord'";

    @Test
    void aDocumentIsKeptAsGiven() {
        String text = json(" {'Statement':{" + ALLOW + ",'Resource':'*'}, 'Id':'one', 'Version':'2012-10-17'}\n");

        PolicyDocument document = PolicyDocument.parse(text, PolicyKind.IDENTITY);

        assertThat(document.text()).isEqualTo(text);
        assertThat(document.kind()).isEqualTo(PolicyKind.IDENTITY);
        assertThat(document.version()).isEqualTo("2012-10-17");
        assertThat(document.id()).isEqualTo("one");
    }

    @Test
    void theVersionIsTheOlderWhereNoneIsGiven() {
        assertThat(document(PolicyKind.IDENTITY, "{'Statement':[{" + ALLOW + ",'Resource':'*'}]}")
                        .version())
                .isEqualTo("2008-10-17");
    }

    @Test
    void aDocumentNamesTheKeysThatItAsksFor() {
        PolicyDocument document = PolicyDocument.parse("""
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*",
                  "Resource": "arn:aws:s3:::b/${aws:username}/${AWS:UserId, 'x'}",
                  "Condition": {
                    "StringLike": {"s3:prefix": ["${aws:PrincipalTag/team}", "${aws:USERNAME}", "${*}"]},
                    "Null": {"aws:TokenIssueTime": "true"}}}}
                """, PolicyKind.IDENTITY);

        assertThat(document.contextKeys())
                .containsExactlyInAnyOrder(
                        "s3:prefix", "aws:PrincipalTag/team", "aws:USERNAME", "aws:TokenIssueTime", "AWS:UserId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Effect':'Allow','Action':'*','Resource':'*'}",
                "{'Effect':'Deny','NotAction':['iam:*','*:Get?'],'NotResource':['arn:aws:s3:::b','*']}",
                "{'Sid':'A1','Effect':'Allow','Action':'kinesis:*','Resource':'arn:aws:kinesis:*'}",
                "{'Sid':'','Effect':'Allow','Action':'unknown-service:NoSuchAction','Resource':'arn:aws:kinesis:*:*:*'}",
                "{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{}}",
                "{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'StringEquals':{}}}",
                "{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'Bool':{'no:such-key':true}}}",
                "{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'NumericEquals':{'a:b':[1,'2',3.5]}}}",
                "{'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'StringEquals':{'localhost:8080/x:sub':'1'}}}",
                "{'Effect':'Allow','Action':'a:b','Resource':'arn:aws:sqs:us-east-2:*:${aws:username}-queue'}",
                "{'Effect':'Allow','Action':'a:b','Resource':'arn:aws-cn:sqs:us-east-2:*:x'}",
            })
    void theGrammarsFormsAreRead(String statement) {
        String text = json("{'Version':'2012-10-17','Statement':[" + statement + "]}");

        for (PolicyKind kind : List.of(PolicyKind.IDENTITY, PolicyKind.SESSION, PolicyKind.BOUNDARY)) {
            assertThat(PolicyDocument.parse(text, kind).text()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'*'",
                "{'AWS':'*'}",
                "{'AWS':'111122223333'}",
                "{'AWS':['arn:aws:iam::111122223333:root','arn:aws:iam::111122223333:user/a/b/c']}",
                "{'AWS':'arn:aws:iam::111122223333:role/path/name'}",
                "{'AWS':'arn:aws:sts::111122223333:assumed-role/role/session@example.com'}",
                "{'AWS':'arn:aws:sts::111122223333:federated-user/name'}",
                "{'Service':['firehose.amazonaws.com','ecs.amazonaws.com'],'Federated':'accounts.google.com'}",
                "{'Federated':'arn:aws:iam::111122223333:oidc-provider/example.com:8080/realms/one'}",
                "{'Federated':'arn:aws:iam::111122223333:saml-provider/name'}",
            })
    void resourcesAndRolesNamePrincipals(String principal) {
        for (String element : List.of("Principal", "NotPrincipal")) {
            document(
                    PolicyKind.RESOURCE,
                    "{'Statement':{'" + element + "':" + principal + "," + ALLOW + ",'Resource':'*'}}");
            document(
                    PolicyKind.TRUST,
                    "{'Statement':{'" + element + "':" + principal + ",'Effect':'Allow','Action':'sts:AssumeRole'}}");
            document(
                    PolicyKind.ENDPOINT,
                    "{'Statement':{'" + element + "':" + principal + "," + ALLOW + ",'Resource':'*'}}");
        }
    }

    @Test
    void anEndpointNeedNotNamePrincipals() {
        document(PolicyKind.ENDPOINT, "{'Statement':{" + ALLOW + ",'Resource':'*'}}");
    }

    @Test
    void aResourcesStatementIdsAreFreer() {
        document(
                PolicyKind.RESOURCE,
                "{'Statement':{'Sid':'Enable IAM User Permissions','Principal':'*'," + ALLOW + ",'Resource':'*'}}");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            maxCharsPerColumn = 20000,
            quoteCharacter = '`',
            value = {
                "`` | 1:1 Syntax errors in policy. The policy is empty",
                "[] | 1:1 Syntax errors in policy. A policy must be an object",
                "{} | 1:1 Syntax errors in policy. Missing required field Statement",
                "{'Statement':[]} | 1:14 Syntax errors in policy. A policy must contain a statement",
                "{'Statement':['a']} | 1:15 Syntax errors in policy. A statement must be an object",
                "{'statement':[]} | 1:2 Syntax errors in policy. Unknown element \"statement\", did you mean \"Statement\"?",
                "{'Version':'2013-10-17','Statement':{S}} | 1:12 Syntax errors in policy. Version must be \"2008-10-17\" or \"2012-10-17\"",
                "{'Version':'2012-10-17','Version':'2012-10-17','Statement':{S}} | 1:25 Syntax errors in policy. Duplicate element \"Version\"",
                "{'Id':{},'Statement':{S}} | 1:7 Syntax errors in policy. Id must be a string",
                "{'Statement':{S}} x | Unrecognized token",
                "{'Statement':{S}} {} | 1:101 Syntax errors in policy. The policy goes on after its end",
            })
    void aDocumentOfAnotherFormIsRefused(String text, String expected) {
        String statement = "{'Effect':'Allow','Action':'kinesis:PutRecord','Resource':'arn:aws:s3:::b','Sid':'a'}";
        List<String> found = errors(PolicyKind.IDENTITY, text.replace("{S}", statement));

        assertThat(found).anyMatch(error -> error.contains(expected));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Effect':'Allow','Resource':'*' | Policy statement must contain actions.",
                "'Effect':'Allow','Action':[],'Resource':'*' | Policy statement must contain actions.",
                "'Effect':'Allow','Action':'a:b' | Policy statement must contain resources.",
                "'Effect':'Allow','Action':'a:b','Resource':[] | Policy statement must contain resources.",
                "'Action':'a:b','Resource':'*' | Syntax errors in policy. Missing required field Effect",
                "'Effect':'allow','Action':'a:b','Resource':'*' | Syntax errors in policy. Effect must be \"Allow\" or \"Deny\"",
                "'Effect':true,'Action':'a:b','Resource':'*' | Syntax errors in policy. Effect must be \"Allow\" or \"Deny\"",
                "A,'NotAction':'a:b','Resource':'*' | Syntax errors in policy. A statement must not contain both Action and NotAction",
                "A,'Resource':'*','NotResource':'*' | Syntax errors in policy. A statement must not contain both Resource and NotResource",
                "A,'Resource':'*','Effect':'Deny' | Syntax errors in policy. Duplicate element \"Effect\"",
                "A,'Resource':'*','Extra':1 | Syntax errors in policy. Unknown element \"Extra\"",
                "A,'Resource':'*','Sid':'a b' | Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
                "A,'Resource':'*','Sid':[] | Syntax errors in policy. Sid must be a string",
                "A,'Resource':'*','Principal':'*' | Policy document should not specify a principal.",
                "A,'Resource':'*','NotPrincipal':'*' | Policy document should not specify a principal.",
                "'Effect':'Allow','Action':'invalid','Resource':'*' | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
                "'Effect':'Allow','NotAction':'','Resource':'*' | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
                "'Effect':'Allow','Action':'a a:b','Resource':'*' | Vendor a a is not valid",
                "'Effect':'Allow','Action':'kin*:Put','Resource':'*' | Vendor kin* is not valid",
                "'Effect':'Allow','Action':'s3:List:Bucket','Resource':'*' | Actions/Condition can contain only one colon.",
                "'Effect':'Allow','Action':[[]],'Resource':'*' | Syntax errors in policy. Action must be a string, or a list of strings",
                "A,'Resource':{'a':'b'} | Syntax errors in policy. Resource must be a string, or a list of strings",
                "A,'Resource':'invalid resource' | Resource invalid resource must be in ARN format or \"*\".",
                "A,'Resource':'' | Resource  must be in ARN format or \"*\".",
                "A,'Resource':'arn:error:s3:::example' | Partition \"error\" is not valid for resource \"arn:error:s3:::example\".",
                "A,'Resource':'arn:aws' | Resource vendor must be fully qualified and cannot contain regexes.",
                "A,'Resource':'arn:aws:s*:::b' | Resource vendor must be fully qualified and cannot contain regexes.",
                "A,'Resource':'arn:aws::::b' | Resource vendor must be fully qualified and cannot contain regexes.",
                "A,'Resource':'arn:aws:s3::b' | Resource arn:aws:s3::b must have six parts, or end in a wildcard.",
                "A,'Resource':'arn:aws:s3:${aws:x}::b' | Resource arn:aws:s3:${aws:x}::b must not contain a policy variable before its fifth colon.",
                "A,'Resource':'arn:aws:s3:::b/${aws:x' | Policy variable in arn:aws:s3:::b/${aws:x is missing a closing brace",
                "A,'Resource':'arn:aws:s3:::b/${}' | Policy variable ${} is not valid",
                "A,'Resource':'arn:aws:s3:::b/${nocolon}' | Policy variable ${nocolon} is not valid",
                "A,'Resource':'arn:aws:s3:::b/${aws:x, y}' | Policy variable ${aws:x, y} is not valid",
                "A,'Resource':'*','Condition':[] | Syntax errors in policy. Condition must be an object",
                "A,'Resource':'*','Condition':{'StringEquals':'a'} | Syntax errors in policy. A condition operator must have an object of keys",
                "A,'Resource':'*','Condition':{'x':{'a:b':'1'}} | Syntax errors in policy. Unknown condition operator \"x\"",
                "A,'Resource':'*','Condition':{'stringEquals':{'a:b':'1'}} | Syntax errors in policy. Unknown condition operator \"stringEquals\"",
                "A,'Resource':'*','Condition':{'ForAnyValue::StringEquals':{'a:b':'1'}} | Syntax errors in policy. Unknown condition operator \"ForAnyValue::StringEquals\"",
                "A,'Resource':'*','Condition':{'NullIfExists':{'a:b':'true'}} | Syntax errors in policy. Unknown condition operator \"NullIfExists\"",
                "A,'Resource':'*','Condition':{'ForAllValues:Null':{'a:b':'true'}} | Syntax errors in policy. Unknown condition operator \"ForAllValues:Null\"",
                "A,'Resource':'*','Condition':{'StringEquals':{'a:b':{}}} | Syntax errors in policy. A condition value must be a string, a number or a boolean",
                "A,'Resource':'*','Condition':{'StringEquals':{'a:b':null}} | Syntax errors in policy. A condition value must be a string, a number or a boolean",
                "A,'Resource':'*','Condition':{'StringEquals':{'a:b':[]}} | Syntax errors in policy. Condition key \"a:b\" must have a value",
                "A,'Resource':'*','Condition':{'StringEquals':{'':'x'}} | Condition key \"\" is not valid",
                "A,'Resource':'*','Condition':{'StringEquals':{'a:b':'x','A:b':'y'}} | Syntax errors in policy. Condition key \"A:b\" appears more than once, in another case",
                "A,'Resource':'*','Condition':{'NumericEquals':{'a:b':'x'}} | Syntax errors in policy. \"x\" is not a value of condition operator NumericEquals",
                "A,'Resource':'*','Condition':{'NumericEquals':{'a:b':'${aws:x}'}} | Syntax errors in policy. \"${aws:x}\" is not a value of condition operator NumericEquals",
                "A,'Resource':'*','Condition':{'DateLessThan':{'a:b':'234-13'}} | Syntax errors in policy. \"234-13\" is not a value of condition operator DateLessThan",
                "A,'Resource':'*','Condition':{'DateLessThan':{'a:b':'2016-12-13t2:00:00.593194+1'}} | Syntax errors in policy. \"2016-12-13t2:00:00.593194+1\" is not a value of condition operator DateLessThan",
                "A,'Resource':'*','Condition':{'DateLessThan':{'a:b':'2020-02-30'}} | Syntax errors in policy. \"2020-02-30\" is not a value of condition operator DateLessThan",
                "A,'Resource':'*','Condition':{'DateLessThan':{'a:b':'9223372036854775808'}} | Syntax errors in policy. \"9223372036854775808\" is not a value of condition operator DateLessThan",
                "A,'Resource':'*','Condition':{'Bool':{'a:b':'yes'}} | Syntax errors in policy. \"yes\" is not a value of condition operator Bool",
                "A,'Resource':'*','Condition':{'Null':{'a:b':'yes'}} | Syntax errors in policy. \"yes\" is not a value of condition operator Null",
                "A,'Resource':'*','Condition':{'BinaryEquals':{'a:b':'!'}} | Syntax errors in policy. \"!\" is not a value of condition operator BinaryEquals",
                "A,'Resource':'*','Condition':{'IpAddress':{'a:b':'1.2.3'}} | Syntax errors in policy. \"1.2.3\" is not a value of condition operator IpAddress",
                "A,'Resource':'*','Condition':{'IpAddress':{'a:b':'1.2.3.4/33'}} | Syntax errors in policy. \"1.2.3.4/33\" is not a value of condition operator IpAddress",
                "A,'Resource':'*','Condition':{'IpAddress':{'a:b':'::ffff:10.0.0.0/24'}} | Syntax errors in policy. \"::ffff:10.0.0.0/24\" is not a value of condition operator IpAddress",
                "A,'Resource':'*','Condition':{'IpAddress':{'a:b':'::1/129'}} | Syntax errors in policy. \"::1/129\" is not a value of condition operator IpAddress",
                "A,'Resource':'*','Condition':{'IpAddress':{'a:b':'example.com'}} | Syntax errors in policy. \"example.com\" is not a value of condition operator IpAddress",
                "A,'Resource':'*','Condition':{'ArnLike':{'a:b':'arn:aws:sns'}} | Syntax errors in policy. \"arn:aws:sns\" is not a value of condition operator ArnLike",
            })
    void aStatementOfAnotherFormIsRefused(String elements, String expected) {
        List<String> found = errors(
                PolicyKind.IDENTITY,
                "{'Version':'2012-10-17','Statement':{"
                        + elements.replaceFirst("^A,", "'Effect':'Allow','Action':'a:b',") + "}}");

        assertThat(found).singleElement().asString().endsWith(" " + expected);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RESOURCE | 'Effect':'Allow','Action':'a:b','Resource':'*' | Missing required field Principal",
                "RESOURCE | P,'Effect':'Allow','Action':'a:b' | Policy statement must contain resources.",
                "TRUST | 'Effect':'Allow','Action':'sts:AssumeRole' | Missing required field Principal",
                "TRUST | P,'Effect':'Allow','Action':'sts:AssumeRole','Resource':'*' | Has prohibited field Resource",
                "TRUST | P,'Effect':'Allow','Action':'sts:AssumeRole','NotResource':'*' | Has prohibited field NotResource",
                "TRUST | P,'Effect':'Allow','Action':'*' | AssumeRole policy may only specify STS AssumeRole actions.",
                "TRUST | P,'Effect':'Allow','Action':'kinesis:PutRecord' | AssumeRole policy may only specify STS AssumeRole actions.",
                "TRUST | P,'Effect':'Allow','Action':'sts:AssumeRole','Sid':'a b' | Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
                "TRUST | P,'NotPrincipal':'*','Effect':'Allow','Action':'sts:AssumeRole' | Syntax errors in policy. A statement must not contain both Principal and NotPrincipal",
            })
    void eachKindHasRulesOfItsOwn(PolicyKind kind, String elements, String expected) {
        List<String> found = errors(kind, "{'Statement':{" + elements.replaceFirst("^P,", "'Principal':'*',") + "}}");

        assertThat(found).singleElement().asString().endsWith(" " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'x' | Invalid principal in policy: it must be \"*\" or an object",
                "['*'] | Invalid principal in policy: it must be \"*\" or an object",
                "{} | Invalid principal in policy: no principal is named",
                "{'AWS':[]} | Invalid principal in policy: no principal is named",
                "{'AWS':1} | Syntax errors in policy. A principal must be a string",
                "{'aws':'*'} | Syntax errors in policy. Unknown element \"aws\", did you mean \"AWS\"?",
                "{'CanonicalUser':'79a59df9'} | Invalid principal in policy: CanonicalUser is not supported",
                "{'AWS':'1234'} | Invalid principal in policy: \"AWS\":\"1234\"",
                "{'AWS':'arn:aws:iam::1234:root'} | Invalid principal in policy: \"AWS\":\"arn:aws:iam::1234:root\"",
                "{'AWS':'arn:aws:iam::111122223333:user/*'} | Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/*\"",
                "{'AWS':'arn:aws:iam::111122223333:group/g'} | Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:group/g\"",
                "{'AWS':'arn:aws:sts::111122223333:assumed-role/r/*'} | Invalid principal in policy: \"AWS\":\"arn:aws:sts::111122223333:assumed-role/r/*\"",
                "{'Service':'*'} | Invalid principal in policy: \"Service\":\"*\"",
                "{'Federated':'*'} | Invalid principal in policy: \"Federated\":\"*\"",
            })
    void aPrincipalOfAnotherFormIsRefused(String principal, String expected) {
        List<String> found = errors(
                PolicyKind.RESOURCE, "{'Statement':{'Principal':" + principal + "," + ALLOW + ",'Resource':'*'}}");

        assertThat(found).singleElement().asString().endsWith(" " + expected);
    }

    @Test
    void everyErrorIsFoundAtItsPlace() {
        InvalidPolicyException thrown = refused(PolicyKind.IDENTITY, """
                {
                  'Version': '2012-10-17',
                  'Statement': [
                    {
                      'Sid': 'same',
                      'Effect': 'Allow',
                      'Action': ['kinesis:PutRecord', 'nothing'],
                      'Resource': 'x',
                      'Condition': {
                        'StringEquals': {'aws:a': '1'},
                        'NumericEquals': {'aws:b': ['1', 'two']}
                      }
                    },
                    {'Sid': 'same', 'Effect': 'Allow',
                      'Action': 'a:b',
                      'Extra': {}}
                  ]
                }
                """);

        assertThat(thrown.errors())
                .extracting(error -> error.line() + ":" + error.column())
                .containsExactly("7:39", "8:19", "11:42", "14:5", "14:13", "16:7");
        assertThat(thrown)
                .hasMessageStartingWith(
                        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. (line 7, column 39); ");
    }

    @Test
    void aTextThatIsNoJsonIsRefusedAtItsPlace() {
        InvalidPolicyException thrown = refused(PolicyKind.IDENTITY, "{\n 'Statement': oops }");

        assertThat(thrown.errors()).singleElement().satisfies(error -> {
            assertThat(error.line()).isEqualTo(2);
            assertThat(error.message()).startsWith("Syntax errors in policy. ");
        });
    }

    @Test
    void idsMayRepeatOnlyWhereTheyAreEmpty() {
        String statement = ALLOW + ",'Resource':'*'";
        document(PolicyKind.IDENTITY, "{'Statement':[{'Sid':''," + statement + "},{'Sid':''," + statement + "}]}");

        assertThat(errors(
                        PolicyKind.IDENTITY,
                        "{'Statement':[{'Sid':'a'," + statement + "},{'Sid':'a'," + statement + "}]}"))
                .singleElement()
                .asString()
                .endsWith(" Statement IDs (SID) in a single policy must be unique.");
    }

    @ParameterizedTest
    @EnumSource(PolicyKind.class)
    void aDocumentIsBoundInSizeAndDepth(PolicyKind kind) {
        assertThat(errors(kind, " ".repeat(128 * 1024 + 1)))
                .containsExactly("1:1 The policy is longer than 131072 characters");
        assertThat(errors(kind, "[".repeat(10_000))).hasSize(1);
        assertThat(errors(kind, "[".repeat(17) + "]".repeat(17)))
                .singleElement()
                .asString()
                .contains("nesting depth");
    }

    @Test
    void errorsAreBoundInNumberAndLength() {
        String actions = "'" + "x".repeat(1000) + "',";
        InvalidPolicyException thrown = refused(
                PolicyKind.IDENTITY,
                "{'Statement':{'Effect':'Allow','Action':[" + actions.repeat(120) + "'a:b'],'Resource':'"
                        + "y".repeat(1000) + "'}}");

        assertThat(thrown.errors()).hasSize(100);
        assertThat(errors(PolicyKind.IDENTITY, "{'Statement':{" + ALLOW + ",'Resource':'" + "y".repeat(2048) + "'}}"))
                .singleElement()
                .asString()
                .hasSizeLessThan(400);
    }

    @Test
    void aValueIsBoundInLength() {
        assertThat(errors(
                        PolicyKind.IDENTITY,
                        "{'Statement':{" + ALLOW + ",'Resource':'arn:aws:s3:::" + "y".repeat(2048) + "'}}"))
                .singleElement()
                .asString()
                .endsWith("Resource is longer than 2048 characters");
    }

    private static List<String> errors(PolicyKind kind, String withSingleQuotes) {
        return refused(kind, withSingleQuotes).errors().stream()
                .map(error -> error.line() + ":" + error.column() + " " + error.message())
                .toList();
    }

    private static InvalidPolicyException refused(PolicyKind kind, String withSingleQuotes) {
        InvalidPolicyException thrown = catchThrowableOfType(
                InvalidPolicyException.class, () -> PolicyDocument.parse(json(withSingleQuotes), kind));
        assertThat(thrown).as("Refused: " + withSingleQuotes).isNotNull();
        return thrown;
    }
}
