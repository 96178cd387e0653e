package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {

    private static final String CHARACTERS = "Some tags contain invalid characters. Valid characters: Unicode letters,"
            + " digits, white space, _ . / = + - % @.";

    private final WireServer server = WireServer.shared();
    private String stream = "";

    @BeforeEach
    void aStream() {
        stream = server.createStream(1);
    }

    @Test
    void tagsAreAddedReplacedListedInOrderAndRemoved() {
        add(object("b", "1", "a", "2", "ü0 _.", "", "/=+-@", "ü0 _./=+-@", "a:b", "c:d"))
                .isEmpty();
        add(object("b", "3")).isEmpty();
        assertThat(list().text())
                .isEqualTo("{\"Tags\":[{\"Key\":\"/=+-@\",\"Value\":\"ü0 _./=+-@\"},{\"Key\":\"a\",\"Value\":\"2\"},"
                        + "{\"Key\":\"a:b\",\"Value\":\"c:d\"},{\"Key\":\"b\",\"Value\":\"3\"},"
                        + "{\"Key\":\"ü0 _.\",\"Value\":\"\"}],\"HasMoreTags\":false}");
        remove("b", "a:b", "ü0 _.", "never-there").isEmpty();
        assertThat(list().text())
                .isEqualTo("{\"Tags\":[{\"Key\":\"/=+-@\",\"Value\":\"ü0 _./=+-@\"},{\"Key\":\"a\",\"Value\":\"2\"}],"
                        + "\"HasMoreTags\":false}");
    }

    @Test
    void aStreamWithoutTagsHasAnEmptyList() {
        assertThat(list().text()).isEqualTo("{\"Tags\":[],\"HasMoreTags\":false}");
        assertThat(server.call("ListTagsForResource", "ResourceARN", arn(stream))
                        .text())
                .isEqualTo("{\"Tags\":[]}");
    }

    @Test
    void tagsArePaged() {
        add(object("a", "1", "b", "2", "c", "3")).isEmpty();
        assertThat(list("Limit", 2).text())
                .isEqualTo("{\"Tags\":[{\"Key\":\"a\",\"Value\":\"1\"},{\"Key\":\"b\",\"Value\":\"2\"}],"
                        + "\"HasMoreTags\":true}");
        assertThat(list("ExclusiveStartTagKey", "b", "Limit", 2).text())
                .isEqualTo("{\"Tags\":[{\"Key\":\"c\",\"Value\":\"3\"}],\"HasMoreTags\":false}");
        assertThat(list("ExclusiveStartTagKey", "aa", "Limit", 1).text())
                .isEqualTo("{\"Tags\":[{\"Key\":\"b\",\"Value\":\"2\"}],\"HasMoreTags\":true}");
    }

    @Test
    void bothApisSeeTheSameTags() {
        server.call("TagResource", "ResourceARN", arn(stream), "Tags", object("a", "1", "b", "2"))
                .isEmpty();
        assertThat(list().json().path("Tags").size()).isEqualTo(2);
        remove("a").isEmpty();
        assertThat(server.call("ListTagsForResource", "ResourceARN", arn(stream))
                        .text())
                .isEqualTo("{\"Tags\":[{\"Key\":\"b\",\"Value\":\"2\"}]}");
        server.call("UntagResource", "ResourceARN", arn(stream), "TagKeys", List.of("b"))
                .isEmpty();
        assertThat(list().json().path("Tags").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc;def", "abc\tdef", "abc\ndef", "abc,def", "a*b", "a\u0000b"})
    void tagsOfOtherCharactersAreRefused(String text) {
        add(object(text, "1")).isError(INVALID, CHARACTERS);
        add(object("a", text)).isError(INVALID, CHARACTERS);
        remove(text).isError(INVALID, CHARACTERS);
        server.call("TagResource", "ResourceARN", arn(stream), "Tags", object(text, "1"))
                .isError(INVALID, CHARACTERS);
    }

    @Test
    void aPercentSignIsRefusedInItsOwnWords() {
        String rest = " stream " + stream + " under account " + ACCOUNT + " because some tags contained illegal"
                + " characters. The allowed characters are Unicode letters, white-spaces,"
                + " '_',',','/','=','+','-','@'.";
        add(object("abc%def", "1")).isError(INVALID, "Failed to add tags to" + rest);
        add(object("a", "abc%def")).isError(INVALID, "Failed to add tags to" + rest);
        remove("abc%def").isError(INVALID, "Failed to remove tags from" + rest);
    }

    @Test
    void aStreamHasFiftyTagsAtMost() {
        add(tags(0, 50)).isEmpty();
        add(object("one-more", "1")).isErrorLike(INVALID, "Failed to add tags to stream " + stream, "50 tags");
        add(tags(0, 10)).isEmpty();
        assertThat(list().json().path("Tags").size()).isEqualTo(50);
    }

    @Test
    void twoHundredTagsAreTooManyForTheStreamAndMoreForTheModel() {
        add(tags(0, 200)).isErrorLike(INVALID, "50 tags");
        add(tags(0, 201))
                .isErrorLike(
                        VALIDATION,
                        "at 'tags' failed to satisfy constraint: Member must have length less than or equal to 200");
        assertThat(list().json().path("Tags").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:a", "AWS:a", "aws:"})
    void keysThatBeginWithAwsAreReserved(String key) {
        add(object(key, "1")).isErrorLike(INVALID, "aws:");
        server.call("CreateStream", "StreamName", WireServer.newName(), "ShardCount", 1, "Tags", object(key, "1"))
                .isErrorLike(INVALID, "aws:");
        add(object("a", "aws:a")).isEmpty();
    }

    @Test
    void theModelsConstraintsComeFirst() {
        String key = "a".repeat(129);
        add(object(key, "1"))
                .isError(
                        VALIDATION,
                        Texts.violation(
                                "'{" + key + "=1}'",
                                "tags",
                                "Map keys must satisfy constraint: [Member must have length less than or equal to 128,"
                                        + " Member must have length greater than or equal to 1]"));
        String value = "a".repeat(257);
        add(object("a", value))
                .isError(
                        VALIDATION,
                        Texts.violation(
                                "'{a=" + value + "}'",
                                "tags",
                                "Map value must satisfy constraint: [Member must have length less than or equal to 256,"
                                        + " Member must have length greater than or equal to 0]"));
        add(object())
                .isError(
                        VALIDATION,
                        Texts.violation("'{}'", "tags", "Member must have length greater than or equal to 1"));
        remove("a", key, "b")
                .isError(
                        VALIDATION,
                        Texts.violation(
                                "'[a, " + key + ", b]'",
                                "tagKeys",
                                "Member must satisfy constraint: [Member must have length less than or equal to 128,"
                                        + " Member must have length greater than or equal to 1]"));
        list("Limit", 51).isErrorLike(VALIDATION, "Value '51' at 'limit'");
    }

    @Test
    void anUnknownStreamIsToldBeforeTheCharactersAre() {
        String name = WireServer.newName();
        server.call("AddTagsToStream", "StreamName", name, "Tags", object(";", ";"))
                .isError(NOT_FOUND, Texts.streamNotFound(name));
        server.call("RemoveTagsFromStream", "StreamName", name, "TagKeys", List.of(";"))
                .isError(NOT_FOUND, Texts.streamNotFound(name));
        server.call("TagResource", "ResourceARN", arn(name), "Tags", object("a", "b"))
                .isError(NOT_FOUND, Texts.streamNotFound(name));
        server.call("UntagResource", "ResourceARN", arn(name), "TagKeys", List.of("a"))
                .isError(NOT_FOUND, Texts.streamNotFound(name));
        server.call("ListTagsForResource", "ResourceARN", arn(name)).isError(NOT_FOUND, Texts.streamNotFound(name));
    }

    private WireAnswer add(Map<String, Object> tags) {
        return server.call("AddTagsToStream", "StreamName", stream, "Tags", tags);
    }

    private WireAnswer remove(String... keys) {
        return server.call("RemoveTagsFromStream", "StreamName", stream, "TagKeys", List.of(keys));
    }

    private WireAnswer list(Object... members) {
        Map<String, Object> request = object(members);
        request.put("StreamName", stream);
        return server.call("ListTagsForStream", request);
    }

    private static Map<String, Object> tags(int from, int to) {
        Map<String, Object> tags = new TreeMap<>();
        for (int i = from; i < to; i++) {
            tags.put("key-" + i, "1");
        }
        return tags;
    }
}
