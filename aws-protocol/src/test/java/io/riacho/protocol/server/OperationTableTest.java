package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsApi;
import io.riacho.protocol.OperationAccess;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;

class OperationTableTest {

    private static final OperationAccess ACCESS = (_, _, context) -> context.requireNothing();

    @Test
    void aMethodServesTheOperationOfItsName() {
        assertThat(handler(AwsApi.of("kinesis", ACCESS, new Good()), "ListStreams"))
                .isInstanceOf(Handler.OnMethod.class);
    }

    @Test
    void aWireOperationGoesBeforeAMethod() {
        AwsApi api = AwsApi.of("kinesis", ACCESS, new Good()).with("ListStreams", (request, response) -> {});

        assertThat(handler(api, "ListStreams")).isInstanceOf(Handler.OnWire.class);
    }

    @Test
    void whatNobodyServesIsKnownByName() {
        assertThat(handler(AwsApi.of("kinesis", ACCESS, new Good()), "SubscribeToShard"))
                .isInstanceOf(Handler.Nobody.class);
    }

    @Test
    void aMethodThatServesNoOperationIsAMistake() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> table(AwsApi.of("kinesis", ACCESS, new Misspelt())))
                .withMessageContaining("serves no operation of kinesis");
    }

    @Test
    void aWireOperationThatTheModelDoesNotKnowIsAMistake() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> table(AwsApi.of("kinesis", ACCESS).with("ListBrooks", (request, response) -> {})))
                .withMessage("the model of kinesis has no operation ListBrooks");
    }

    @Test
    void twoMethodsForOneOperationAreAMistake() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> table(AwsApi.of("kinesis", ACCESS, new Good(), new Good())))
                .withMessage("two methods serve kinesis.ListStreams");
    }

    @Test
    void twoApisForOneTargetAreAMistake() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(
                        () -> new OperationTable(List.of(AwsApi.of("kinesis", ACCESS), AwsApi.of("kinesis", ACCESS))))
                .withMessageStartingWith("two APIs offer Kinesis_20131202.");
    }

    private static OperationTable table(AwsApi api) {
        return new OperationTable(List.of(api));
    }

    private static Handler handler(AwsApi api, String operation) {
        return Objects.requireNonNull(table(api).find("Kinesis_20131202." + operation))
                .handler();
    }

    public static final class Good {

        public ListStreamsResponse listStreams(ListStreamsRequest request) {
            return ListStreamsResponse.builder().build();
        }

        public void close() {}
    }

    public static final class Misspelt {

        public ListStreamsResponse listBrooks(ListStreamsRequest request) {
            return ListStreamsResponse.builder().build();
        }
    }
}
