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
                .withMessage("two APIs offer kinesis");
    }

    @Test
    void aQueryApiIsCalledByNoTarget() {
        OperationTable table = table(AwsApi.of("sts", ACCESS));

        assertThat(table.find("null.GetCallerIdentity")).isNull();
        assertThat(table.queryApis().find("GetCallerIdentity", "2011-06-15")).isNotNull();
        assertThat(table.queryApis().find("GetCallerIdentity", "2010-05-08")).isNull();
    }

    @Test
    void aTargetApiIsCalledByNoAction() {
        assertThat(table(AwsApi.of("kinesis", ACCESS)).queryApis().find("ListStreams", "2013-12-02"))
                .isNull();
    }

    @Test
    void anApiIsCalledByAllProtocolsThatItsModelNames() {
        OperationTable table = table(AwsApi.of("monitoring", ACCESS));

        Operation operation = table.find("GraniteServiceVersion20100801.ListMetrics");
        assertThat(operation).isNotNull();
        assertThat(table.queryApis().find("ListMetrics", "2010-08-01")).isNotNull();
        RpcApi rpc = Objects.requireNonNull(table.rpcApi("GraniteServiceVersion20100801"));
        assertThat(rpc.find("ListMetrics")).isSameAs(operation);
        assertThat(table.find("monitoring", "ListMetrics")).isSameAs(operation);
    }

    @Test
    void anApiOfOneProtocolIsCalledByNoOther() {
        assertThat(table(AwsApi.of("kinesis", ACCESS)).rpcApi("Kinesis_20131202"))
                .isNull();
    }

    @Test
    void aGlobalServiceIsKnownByItsModel() {
        assertThat(new OperationTable(List.of(
                                AwsApi.of("kinesis", ACCESS), AwsApi.of("iam", ACCESS), AwsApi.of("sts", ACCESS)))
                        .globalServices())
                .containsExactlyInAnyOrder("iam", "sts");
    }

    @Test
    void twoQueryApisOfOneServiceAreAMistake() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new OperationTable(List.of(AwsApi.of("sts", ACCESS), AwsApi.of("sts", ACCESS))))
                .withMessage("two APIs offer sts");
    }

    @Test
    void anUnsignedOperationThatTheModelDoesNotKnowIsAMistake() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> table(AwsApi.of("sts", ACCESS).withUnsigned("AssumeBrook")))
                .withMessage("the model of sts has no operation AssumeBrook");
    }

    @Test
    void anOperationThatIsCalledByTargetHasToBeSigned() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> table(AwsApi.of("kinesis", ACCESS).withUnsigned("ListStreams")))
                .withMessage("kinesis.ListStreams has to be signed");
    }

    @Test
    void aQueryApiDoesNotWriteTheWireItself() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> table(AwsApi.of("sts", ACCESS).with("GetCallerIdentity", (request, response) -> {})))
                .withMessageStartingWith("sts is a Query API");
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
