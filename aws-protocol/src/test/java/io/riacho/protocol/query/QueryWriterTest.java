package io.riacho.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.Tag;

class QueryWriterTest {

    private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

    private final QueryWriter writer = new QueryWriter();

    @Test
    void anAnswerStandsInItsResultInItsResponse() {
        GetUserResponse answer = GetUserResponse.builder()
                .user(user -> user.userName("u")
                        .createDate(Instant.parse("2026-03-15T07:58:30Z"))
                        .tags(Tag.builder().key("k").value("v").build()))
                .build();

        assertThat(written("GetUser", answer))
                .isEqualTo("<GetUserResponse xmlns=\"" + NAMESPACE + "\"><GetUserResult><User><UserName>u</UserName>"
                        + "<CreateDate>2026-03-15T07:58:30Z</CreateDate>"
                        + "<Tags><member><Key>k</Key><Value>v</Value></member></Tags></User></GetUserResult>"
                        + "<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></GetUserResponse>");
    }

    @Test
    void anOperationWithoutOutputAnswersItsMetadata() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write("DeleteUser", null, NAMESPACE, null, "id", out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("<DeleteUserResponse xmlns=\"" + NAMESPACE + "\"><ResponseMetadata>"
                        + "<RequestId>id</RequestId></ResponseMetadata></DeleteUserResponse>");
    }

    @Test
    void anEmptyListThatWasSetIsWritten() {
        assertThat(written(
                        "ListUsers",
                        ListUsersResponse.builder().users(List.of()).build()))
                .contains("<ListUsersResult><Users></Users></ListUsersResult>");
    }

    @Test
    void aMapHasEntries() {
        GetAccountSummaryResponse answer = GetAccountSummaryResponse.builder()
                .summaryMapWithStrings(java.util.Map.of("Users", 7))
                .build();

        assertThat(written("GetAccountSummary", answer))
                .contains("<SummaryMap><entry><key>Users</key><value>7</value></entry></SummaryMap>");
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("<&>\"'", "&lt;&amp;&gt;\"'"),
                Arguments.of("]]>", "]]&gt;"),
                Arguments.of("a\rb\r", "a&#xD;b&#xD;"),
                Arguments.of(" \t\n ", " \t\n "),
                Arguments.of("\uD83D\uDE00", "\uD83D\uDE00"),
                Arguments.of("a\u0000b\u001Bc", "a\uFFFDb\uFFFDc"),
                Arguments.of("\uD83Dx", "\uFFFDx"),
                Arguments.of("x\uDE00", "x\uFFFD"),
                Arguments.of("\uFFFE\uFFFF", "\uFFFD\uFFFD"),
                Arguments.of("\u0085\u2028", "\u0085\u2028"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsWhatXmlCanHold(String text, String xml) {
        GetUserResponse answer =
                GetUserResponse.builder().user(user -> user.userName(text)).build();

        assertThat(written("GetUser", answer)).contains("<UserName>" + xml + "</UserName>");
    }

    @ParameterizedTest
    @CsvSource({"400, Sender", "404, Sender", "500, Receiver", "503, Receiver"})
    void anErrorTellsWhoseFaultItWas(int status, String type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeError("NoSuchEntity", "a < b", status, NAMESPACE, "id", out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("<ErrorResponse xmlns=\"" + NAMESPACE + "\"><Error><Type>" + type
                        + "</Type><Code>NoSuchEntity</Code><Message>a &lt; b</Message></Error>"
                        + "<RequestId>id</RequestId></ErrorResponse>");
    }

    private String written(String operation, @Nullable SdkPojo answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(operation, operation + "Result", NAMESPACE, answer, "id", out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
