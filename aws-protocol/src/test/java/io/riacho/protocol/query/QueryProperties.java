package io.riacho.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** What the SDK's marshaller writes is read as it was meant, and the other way round, for every shape of IAM and STS. */
class QueryProperties {

    private static final List<Method> OPERATIONS = Stream.of(IamClient.class, StsClient.class)
            .flatMap(client -> Stream.of(client.getMethods()))
            .filter(method -> method.getParameterCount() == 1
                    && SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0])
                    && SdkPojo.class.isAssignableFrom(method.getReturnType()))
            .sorted(Comparator.comparing(Method::getName))
            .toList();

    private final QueryReader reader = new QueryReader();
    private final QueryWriter writer = new QueryWriter();

    @Property(tries = 3000)
    void aRequestIsReadAsItWasMade(@ForAll long seed) {
        RandomShapes shapes = new RandomShapes(seed, false);
        Class<?> type = shapes.oneOf(OPERATIONS).getParameterTypes()[0];
        SdkPojo request = shapes.structure(builder(type));

        assertThat(read(request)).isEqualTo(request);
    }

    @Property(tries = 3000)
    void anAnswerIsWhatWasSent(@ForAll long seed) {
        RandomShapes shapes = new RandomShapes(seed, true);
        Class<?> type = shapes.oneOf(OPERATIONS).getReturnType();
        SdkPojo answer = shapes.structure(builder(type));

        SdkPojo received = SdkProtocol.unmarshalled(builder(type), written(answer));

        assertThat(received.equalsBySdkFields(answer))
                .as("%s is %s", received, answer)
                .isTrue();
    }

    @Property(tries = 1000)
    void allThatTheProtocolKnowsIsReadAsItWasMade(@ForAll long seed) {
        SdkPojo request = new RandomShapes(seed, false).structure(EveryTrait.builder());

        assertThat(read(request)).isEqualTo(request);
    }

    @Property(tries = 1000)
    void allThatTheProtocolKnowsIsWhatWasSent(@ForAll long seed) {
        SdkPojo answer = new RandomShapes(seed, true).structure(EveryTrait.builder());

        assertThat(SdkProtocol.unmarshalled(EveryTrait.builder(), written(answer)))
                .isEqualTo(answer);
    }

    @Property(tries = 1)
    void allOperationsAreTried() {
        List<String> names = new ArrayList<>();
        OPERATIONS.forEach(method -> names.add(method.getName()));
        assertThat(names).contains("assumeRoleWithWebIdentity", "simulateCustomPolicy", "getAccountSummary");
    }

    private SdkPojo read(SdkPojo request) {
        byte[] form = SdkProtocol.marshalled(request);
        return reader.read(request.getClass(), QueryForm.parse(form, form.length));
    }

    private byte[] written(SdkPojo answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write("DoIt", "DoItResult", "https://example.com/", answer, "id", out);
        return out.toByteArray();
    }

    private static SdkPojo builder(Class<?> type) {
        try {
            return (SdkPojo) type.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
