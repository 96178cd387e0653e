package io.riacho.streams.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has seen a plain request go by, and tries to make another one of it. */
class ForgedRestRequestsTest {

    private static final String INVALID = "InvalidSignatureException";
    private static final byte[] RECORDS = "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"t\"}]}".getBytes(UTF_8);

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);
    private String stream = "";
    private String records = "";

    @BeforeEach
    void aStream() {
        stream = server.createStream(1);
        records = "/v1/streams/" + stream + "/records";
    }

    private int stored() {
        return server.getRecords(server.iterator(stream, "shardId-000000000000", "TRIM_HORIZON"))
                .path("Records")
                .size();
    }

    @Test
    void aSignatureIsForOneRequestOnly() {
        String path = records + "?partitionKey=k";
        String other = server.createStream(1);
        rest.sendForged(path, "text", "POST", path, "text").has(200);

        rest.sendForged(path, "text", "POST", path, "another text").problem(401, INVALID);
        rest.sendForged(path, "text", "POST", path.replace(stream, other), "text")
                .problem(401, INVALID);
        rest.sendForged(path, "text", "POST", records + "?partitionKey=other", "text")
                .problem(401, INVALID);
        rest.sendForged(path, "text", "POST", path + "&partitionKey=other", "text")
                .problem(401, INVALID);
        rest.sendForged(path, "text", "POST", path + "&explicitHashKey=1", "text")
                .problem(401, INVALID);
        rest.sendForged("/v1/streams/" + stream, "", "DELETE", "/v1/streams/" + stream, "")
                .problem(401, INVALID);
        rest.sendForged("/v1/streams/" + stream, "", "GET", "/v1/streams/" + stream, "")
                .problem(401, INVALID);

        assertThat(stored()).isEqualTo(1);
    }

    /** A path is normalised before it is signed, so one that is not in its normal form would be another's. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/docs/../streams/", "/v1//streams/", "/v1/./streams/", "/v1/streams/x/../"})
    void aPathThatIsSignedAsAnotherIsNotServed(String start) {
        String path = "/v1/streams/" + stream + "/records?partitionKey=k";

        rest.sendForged(path, "text", "POST", path.replace("/v1/streams/", start), "text")
                .problem(400, "ValidationException");
    }

    @ParameterizedTest
    @CsvSource({"Content-Type, application/json", "Content-Type, text/plain", "Partition-Key, k", "Explicit-Hash-Key, 1"
    })
    void aHeaderThatTellsWhatIsAskedForHasToBeSigned(String name, String value) {
        String path = name.equals("Partition-Key") ? records : records + "?partitionKey=k";

        String detail =
                rest.sendSigned("POST", path, Map.of(), RECORDS, name, value).problem(401, INVALID);
        assertThat(detail).containsIgnoringCase("'" + name + "' must be a 'SignedHeader'");
        assertThat(stored()).isZero();

        Map<String, String> signed =
                name.equals("Content-Type") ? Map.of(name, value) : Map.of(name, value, "Content-Type", "text/plain");
        rest.sendSigned("POST", path, signed, RECORDS).has(200);
    }

    /** As curl sets it by itself. It makes data of the body, which is what a request without a type gets. */
    @Test
    void theTypeOfAFormNeedNotBeSigned() {
        rest.sendSigned(
                        "POST",
                        records + "?partitionKey=k",
                        Map.of(),
                        RECORDS,
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .has(200);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aTokenIsTakenFromTheHeaderOnly() {
        RestClient nobody = RestClient.ofNobody(server);
        String token = server.users().root().token();
        byte[] nothing = {};
        for (String name : new String[] {"access_token", "token", "bearer_token", "authorization"}) {
            nobody.get("/v1/streams?" + name + "=" + token).problem(401, "MissingAuthenticationTokenException");
            nobody.send("GET", "/v1/streams", null, nothing, "Cookie", name + "=" + token)
                    .problem(401, "MissingAuthenticationTokenException");
            nobody.send(
                            "POST",
                            records + "?partitionKey=k",
                            "application/x-www-form-urlencoded",
                            (name + "=" + token).getBytes(UTF_8))
                    .problem(401, "MissingAuthenticationTokenException");
        }
    }

    @Test
    void nothingButTheRequestLineNamesTheMethodAndThePath() {
        byte[] nothing = {};
        String path = "/v1/streams/" + stream;
        for (String header : new String[] {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}) {
            rest.send("GET", path, null, nothing, header, "DELETE").has(200);
        }
        rest.send(
                        "POST",
                        path + "?_method=DELETE",
                        "application/x-www-form-urlencoded",
                        "_method=DELETE".getBytes(UTF_8))
                .problem(405, "MethodNotAllowedException");
        for (String header :
                new String[] {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Host"}) {
            assertThat(rest.send("GET", path, null, nothing, header, "/v1/openapi.json")
                            .json()
                            .path("name")
                            .asString())
                    .isEqualTo(stream);
        }
        assertThat(server.summary(stream).path("StreamStatus").asString()).isEqualTo("ACTIVE");
    }
}
