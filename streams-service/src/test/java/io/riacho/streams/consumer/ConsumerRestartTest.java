package io.riacho.streams.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.stream.Stream;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamRequest;

/** What a restart makes of consumers that were on the way from one state to another, and of all else that is stored. */
class ConsumerRestartTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static StreamsUnderTest service;

    private final String name = "read-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void statesEndSoon() {
        service.restart(StreamsUnderTest.A_MOMENT);
        service.create(name, 1);
    }

    private Consumer register(Map<String, String> tags) {
        Stream stream = service.stream(name);
        return service.consumerLifecycle()
                .register(stream, "reader", service.clock().instant().truncatedTo(ChronoUnit.SECONDS), tags);
    }

    private Consumer active() {
        Consumer consumer = register(Map.of());
        StreamsUnderTest.await(() -> service.consumers().get(consumer.arn()).isActive());
        return service.consumers().get(consumer.arn());
    }

    @Test
    void aConsumerThatWasBeingCreatedIsCreated() {
        service.restart(StreamsUnderTest.FOR_GOOD);
        Consumer consumer = register(Map.of());

        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(consumer.status()).isEqualTo(ConsumerStatus.CREATING);
        StreamsUnderTest.await(() -> service.consumers().get(consumer.arn()).isActive());
    }

    @Test
    void aConsumerThatWasBeingDeletedIsDeleted() {
        Consumer consumer = active();
        service.restart(StreamsUnderTest.FOR_GOOD);
        service.consumerLifecycle().deregister(service.consumers().get(consumer.arn()));

        service.restart(StreamsUnderTest.A_MOMENT);
        StreamsUnderTest.await(() -> service.consumers().find(consumer.arn()).isEmpty());
        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(service.consumers().find(consumer.arn())).isEmpty();
    }

    @Test
    void tagsAndPolicyAreKept() {
        Consumer consumer = active();
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"kinesis:SubscribeToShard\",\"Resource\":\"" + consumer.arn() + "\"}]}";
        service.consumers().tag(consumer.arn(), _ -> Map.of("team", "a"));
        service.consumers()
                .setPolicy(
                        consumer.arn(),
                        _ -> new NamedPolicy(consumer.arn(), PolicyDocument.parse(policy, PolicyKind.RESOURCE)));

        service.restart(StreamsUnderTest.A_MOMENT);

        Consumer again = service.consumers().get(consumer.arn());
        assertThat(again.id()).isEqualTo(consumer.id());
        assertThat(again.createdAt()).isEqualTo(consumer.createdAt());
        assertThat(again.tags()).containsExactly(Map.entry("team", "a"));
        assertThat(again.policy()).extracting(kept -> kept.document().text()).isEqualTo(policy);
    }

    @Test
    void theConsumersOfADeletedStreamGoWithIt() {
        Consumer consumer = active();

        service.streamOperations()
                .deleteStream(DeleteStreamRequest.builder()
                        .streamName(name)
                        .enforceConsumerDeletion(true)
                        .build());
        StreamsUnderTest.await(() -> service.catalog().find(name).isEmpty());

        assertThat(service.consumers().find(consumer.arn())).isEmpty();
        service.restart(StreamsUnderTest.A_MOMENT);
        assertThat(service.consumers().find(consumer.arn())).isEmpty();
    }
}
