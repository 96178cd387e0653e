package io.riacho.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {

    private static final String WITH_LENGTH =
            "HTTP/1.1 200 \r\nContent-Type: application/x-amz-json-1.1\r\ncontent-length: 5\r\n\r\nhello";
    private static final String IN_CHUNKS = "HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "4\r\nwiki\r\n10;x=y\r\n0123456789abcdef\r\n0\r\nTrailer: x\r\n\r\n";

    private final ResponseReader reader = new ResponseReader();

    @Test
    void aBodyOfAnnouncedLengthIsRead() {
        assertThat(feed(WITH_LENGTH)).isTrue();

        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.bodyAsText()).isEqualTo("hello");
    }

    @Test
    void chunksAreJoined() {
        assertThat(feed(IN_CHUNKS)).isTrue();

        assertThat(reader.status()).isEqualTo(400);
        assertThat(reader.bodyAsText()).isEqualTo("wiki0123456789abcdef");
    }

    @Test
    void bytesMayComeOneByOne() {
        for (String response : new String[] {WITH_LENGTH, IN_CHUNKS}) {
            reader.reset();
            for (int i = 0; i < response.length() - 1; i++) {
                assertThat(feed(response.substring(i, i + 1))).isFalse();
            }
            assertThat(feed(response.substring(response.length() - 1))).isTrue();
        }

        assertThat(reader.bodyAsText()).isEqualTo("wiki0123456789abcdef");
    }

    @Test
    void theNextResponseOnAConnectionIsReadAfresh() {
        feed(IN_CHUNKS);
        reader.reset();
        feed(WITH_LENGTH);

        assertThat(reader.bodyAsText()).isEqualTo("hello");
    }

    @Test
    void aBodyLargerThanTheFirstBufferIsRead() {
        String body = "x".repeat(300_000);

        assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + body))
                .isTrue();

        assertThat(reader.bodyAsText()).isEqualTo(body);
    }

    @Test
    void aResponseWithoutABodyIsComplete() {
        assertThat(feed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).isTrue();

        assertThat(reader.bodyAsText()).isEmpty();
    }

    @Test
    void aConnectionThatWillBeClosedIsNoticed() {
        feed("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        assertThat(reader.closing()).isTrue();
    }

    @Test
    void moreThanWasAnnouncedIsAnError() {
        assertThatThrownBy(() -> feed(WITH_LENGTH + "!")).isInstanceOf(IllegalStateException.class);
    }

    private boolean feed(String bytes) {
        return reader.feed(ByteBuffer.wrap(bytes.getBytes(US_ASCII)));
    }
}
