package io.riacho.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.sts.model.AssumeRootRequest;

class QueryReaderTest {

    private final QueryReader reader = new QueryReader();

    @Test
    void membersAreFoundByTheirDottedNames() {
        CreateUserRequest request = read(
                CreateUserRequest.class,
                "Action=CreateUser&Version=2010-05-08&UserName=u&Tags.member.1.Key=k&Tags.member.1.Value=v");

        assertThat(request)
                .isEqualTo(CreateUserRequest.builder()
                        .userName("u")
                        .tags(Tag.builder().key("k").value("v").build())
                        .build());
    }

    @Test
    void whatTheModelDoesNotKnowIsIgnored() {
        assertThat(read(CreateUserRequest.class, "UserName=u&Colour.deep.1=x&username=y&Tags.member.1.Hue=z")
                        .userName())
                .isEqualTo("u");
    }

    @Test
    void aListIsInTheOrderOfItsNumbers() {
        UntagUserRequest request = read(
                UntagUserRequest.class, "TagKeys.member.10=j&TagKeys.member.9=i&TagKeys.member.2=b&TagKeys.member.1=a");

        assertThat(request.tagKeys()).containsExactly("a", "b", "i", "j");
    }

    @Test
    void anEmptyListIsSentAsAnEmptyText() {
        UntagUserRequest request = read(UntagUserRequest.class, "TagKeys=");

        assertThat(request.hasTagKeys()).isTrue();
        assertThat(request.tagKeys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "01", "x", "", "1x", "2000000000", "100000", "\u0661"})
    void whatIsNoNumberOfAListIsRefused(String index) {
        refuses(UntagUserRequest.class, "TagKeys.member." + index + "=a").withMessage("Key is not a valid list index");
    }

    @Test
    void aHugeNumberTakesNoMoreThanASmallOne() {
        assertThat(read(UntagUserRequest.class, "TagKeys.member.99999=a").tagKeys())
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TagKeys=a",
                "TagKeys.1=a",
                "TagKeys.entry.1=a",
                "TagKeys.member=a",
                "TagKeys.member.1=a&TagKeys.2=b",
                "TagKeys.member.1=a&TagKeys=b",
            })
    void aListOfAnotherFormIsRefusedAndNotDropped(String form) {
        refuses(UntagUserRequest.class, form).withMessage("Unexpected list element termination");
    }

    @Test
    void aStructureIsNoText() {
        refuses(AssumeRootRequest.class, "TaskPolicyArn=arn").withMessage("Unexpected complex element termination");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserName.member.1=u", "UserName=u&UserName.x=u"})
    void aTextIsNoStructure(String form) {
        refuses(CreateUserRequest.class, form).withMessage("Start of structure or map found where not expected.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1.5", "1e3", "+1", " 1", "2147483648", "--1", "\u0661", "0x10"})
    void whatIsNoIntegerIsRefused(String value) {
        refuses(ListUsersRequest.class, "MaxItems=" + value)
                .withMessage("STRING_VALUE can not be converted to an Integer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "True", "1", "yes"})
    void whatIsNoBooleanIsRefused(String value) {
        refuses(EveryTrait.class, "Boolean=" + value).withMessage("STRING_VALUE can not be converted to a Boolean");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=", "a b=", "QQ", "QR=="})
    void whatIsNoBase64IsRefused(String value) {
        refuses(EveryTrait.class, "Blob=" + value).withMessage("STRING_VALUE can not be converted to a Blob");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-15T07:58:30Z,          1773561510000",
        "2026-03-15T07:58:30.123Z,      1773561510123",
        "2026-03-15T07:58:30.123999Z,   1773561510123",
        "2026-03-15T08:58:30%2B01:00,   1773561510000",
    })
    void aTimestampIsIso8601(String text, long millis) {
        assertThat(read(EveryTrait.class, "Time=" + text).get("Time")).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Time=",
                "Time=1773561510",
                "Time=2026-03-15",
                "Time=2026-02-30T00:00:00Z",
                "Seconds=",
                "Seconds=1e999999999",
                "Seconds=1e30",
                "Seconds=x"
            })
    void whatIsNoTimestampIsRefused(String form) {
        refuses(EveryTrait.class, form).withMessage("STRING_VALUE can not be converted to a Timestamp");
    }

    @Test
    void aFlattenedMapHasNoEntries() {
        EveryTrait request =
                read(EveryTrait.class, "FlatMap.1.Name=a&FlatMap.1.Value=1&FlatMap.2.Name=b&FlatMap.2.Value=");

        assertThat(request.get("FlatMap")).isEqualTo(Map.of("a", "1", "b", ""));
    }

    @Test
    void aFlattenedListHasNoMembers() {
        assertThat(read(EveryTrait.class, "Flat.1=a&Flat.2=b").get("Flat")).isEqualTo(List.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FlatMap.1.Name=a", "FlatMap.1.Value=a", "Map.1.key=a", "Map=x", "FlatMap.1=x"})
    void aMapOfAnotherFormIsRefused(String form) {
        refuses(EveryTrait.class, form).withMessage("Unexpected map element termination");
    }

    @Test
    void nestingIsBounded() {
        refuses(EveryTrait.class, "x" + ".x".repeat(32) + "=1")
                .withMessage("A parameter's name has more than 32 parts.");
    }

    @Test
    void theCountOfPartsIsBounded() {
        String form = IntStream.range(0, 2000)
                .mapToObj(i -> "a" + i + ".b.c.d.e.f.g.h.i.j.k=1")
                .collect(Collectors.joining("&"));

        refuses(EveryTrait.class, form).withMessage("The names of parameters have more than 20000 parts.");
    }

    private <T extends SdkPojo> T read(Class<T> type, String form) {
        return reader.read(type, QueryForm.parse(form));
    }

    private org.assertj.core.api.ThrowableAssertAlternative<AwsException> refuses(
            Class<? extends SdkPojo> type, String form) {
        return assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> read(
                        type,
                        new String(
                                form.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                java.nio.charset.StandardCharsets.ISO_8859_1)))
                .matches(error -> error.type().equals("MalformedInput") && error.status() == 400);
    }
}
