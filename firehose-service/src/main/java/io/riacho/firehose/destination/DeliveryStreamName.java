package io.riacho.firehose.destination;

/** A delivery stream, as destinations and functions are told of it. */
public record DeliveryStreamName(String name, String arn, String region) {}
