package io.riacho.streams.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import io.riacho.streams.record.AnswerBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/** AWS's own decoder, which checks every checksum, reads what is written. */
class EventFramesProperties {

    @Property(tries = 200)
    void anEventIsReadWithItsPayload(@ForAll @Size(max = 2000) byte[] payload, @ForAll WireFormat format)
            throws IOException {
        EventFrames frames = EventFrames.of(format);
        AnswerBuffer out = new AnswerBuffer();
        frames.begin(out);
        out.reserve(payload.length);
        out.put(payload);
        frames.end(out);

        Message message = decoded(Arrays.copyOf(out.array(), out.size()));

        assertThat(message.getPayload()).isEqualTo(payload);
        assertThat(header(message, ":event-type")).isEqualTo("SubscribeToShardEvent");
    }

    @Property(tries = 200)
    void anExceptionIsReadWithItsText(@ForAll @StringLength(max = 300) String text, @ForAll WireFormat format) {
        Message message =
                decoded(EventFrames.of(format).exception(AwsException.badRequest("KMSDisabledException", text)));

        assertThat(header(message, ":message-type")).isEqualTo("exception");
        assertThat(header(message, ":exception-type")).isEqualTo("KMSDisabledException");
    }

    @Property(tries = 20)
    void anErrorThatIsNotInTheModelIsUnmodelled(@ForAll @StringLength(min = 1, max = 70_000) String text) {
        Message message = decoded(
                EventFrames.of(WireFormat.JSON).exception(AwsException.badRequest("AccessDeniedException", text)));

        assertThat(header(message, ":message-type")).isEqualTo("error");
        assertThat(header(message, ":error-code")).isEqualTo("AccessDeniedException");
    }

    private static Message decoded(byte[] bytes) {
        List<Message> messages = new ArrayList<>();
        new MessageDecoder(messages::add).feed(bytes);
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    private static String header(Message message, String name) {
        var value = message.getHeaders().get(name);
        return value == null ? "" : value.getString();
    }
}
