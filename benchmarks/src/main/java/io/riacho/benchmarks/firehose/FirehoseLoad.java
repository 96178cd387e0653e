package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.Latencies;
import java.io.IOException;

/** The loads that can be put on Firehose. Not thread-safe. */
public final class FirehoseLoad implements AutoCloseable {

    private final AwsClients clients;
    private final DeliveryLoad delivery;
    private final FreshnessProbe freshness;
    private final DeliveryStreams deliveryStreams;

    /**
     * @param bucketStore the S3 that the server delivers to
     * @param endpoint that the server knows as {@link Arrivals#URL}
     */
    public FirehoseLoad(Endpoint server, Endpoint bucketStore, Arrivals endpoint) {
        clients = new AwsClients(server, bucketStore);
        deliveryStreams = new DeliveryStreams(clients);
        delivery = new DeliveryLoad(server, clients);
        freshness = new FreshnessProbe(server, clients, endpoint);
    }

    /** To be called once for a server, before the loads. */
    public void prepare() {
        deliveryStreams.prepare();
    }

    /**
     * Kinesis stream to S3. Every record was found there, once.
     *
     * @param records a multiple of 500, 1,000 at least
     */
    public Delivered deliver(Format format, int records) throws IOException {
        return delivery.run(format, records);
    }

    /** 20 records a second without a buffer: from the put to the attempt to deliver. */
    public Latencies putToAttempt(Origin origin, int warmUp, int measured) throws IOException {
        return freshness.toEndpoint(origin, warmUp, measured);
    }

    /** The same to the moment when the object is found in S3, by a list every 10 ms. */
    public Latencies putToObject(Origin origin, int warmUp, int measured) throws IOException {
        return freshness.toBucket(origin, warmUp, measured);
    }

    @Override
    public void close() {
        clients.close();
    }
}
