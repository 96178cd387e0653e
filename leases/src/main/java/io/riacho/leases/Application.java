package io.riacho.leases;

/**
 * What divides a stream's shards among its workers.
 *
 * @param kind of service, such as {@code FIREHOSE}
 * @param name unique among those of its kind
 * @param stream the ARN of the stream that it reads
 */
public record Application(String kind, String name, String stream) {}
