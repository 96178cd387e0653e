package io.riacho.streams.consumer;

import io.riacho.protocol.AwsException;
import io.riacho.streams.error.KinesisErrors;

/** What is said of consumers, in AWS's words where they are known. */
public final class ConsumerErrors {

    private ConsumerErrors() {}

    /** @param consumer its name or its ARN */
    static AwsException notFound(String consumer) {
        return KinesisErrors.notFound("Consumer " + consumer + " not found.");
    }

    public static AwsException notActive(Consumer consumer, String account) {
        return KinesisErrors.resourceInUse(named(consumer, account) + " is not in ACTIVE status.");
    }

    static AwsException exists(Consumer consumer, String account) {
        return KinesisErrors.resourceInUse("Consumer " + consumer.name() + " under stream " + consumer.streamName()
                + " already exists for account " + account + ".");
    }

    private static String named(Consumer consumer, String account) {
        return "Consumer " + consumer.name() + " with creation timestamp "
                + consumer.createdAt().getEpochSecond() + " under stream " + consumer.streamName() + " and account "
                + account;
    }
}
