package io.riacho.firehose.source.kinesis;

import io.riacho.firehose.source.SourceException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/** A delivery stream as a registered consumer of its stream. Safe for use by many threads. */
final class StreamConsumer {

    private static final Logger log = LoggerFactory.getLogger(StreamConsumer.class);
    private static final int LOOKS = 300;
    private static final long LOOK_MILLIS = 200;
    private static final int BUSY_LOOKS = 20;
    private static final long BUSY_MILLIS = 500;

    private final KinesisAsyncClient kinesis;
    private final String streamArn;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String arn;

    StreamConsumer(KinesisAsyncClient kinesis, String streamArn, String name) {
        this.kinesis = kinesis;
        this.streamArn = streamArn;
        this.name = name;
    }

    /** Its ARN; registers it where it is not. */
    String arn() throws SourceException, InterruptedException {
        lock.lockInterruptibly();
        try {
            String known = arn;
            if (known == null) {
                known = register();
                arn = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Has it looked for again, because it is not known any more. */
    void forget() {
        lock.lock();
        try {
            arn = null;
        } finally {
            lock.unlock();
        }
    }

    void deregister() throws InterruptedException {
        try {
            KinesisAnswers.await(kinesis.deregisterStreamConsumer(
                    request -> request.streamARN(streamArn).consumerName(name)));
        } catch (SourceException e) {
            log.info("{} stays a consumer of {}: {}", name, streamArn, e.getMessage());
        }
    }

    private String register() throws SourceException, InterruptedException {
        for (int patience = BUSY_LOOKS; !isRegistered(patience > 0); patience--) {
            Thread.sleep(BUSY_MILLIS);
        }
        for (int look = 0; look < LOOKS; look++) {
            var found = KinesisAnswers.await(kinesis.describeStreamConsumer(
                            request -> request.streamARN(streamArn).consumerName(name)))
                    .consumerDescription();
            if (found.consumerStatus() == ConsumerStatus.ACTIVE) {
                return found.consumerARN();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new SourceException("ResourceInUseException", "Consumer " + name + " does not become active", null);
    }

    /**
     * Registers it where it is not.
     *
     * @param patient whether it may be tried again: five consumers are made at a time, and many delivery streams may begin
     *     together
     * @return false where it has to be tried again
     */
    private boolean isRegistered(boolean patient) throws SourceException, InterruptedException {
        try {
            KinesisAnswers.await(kinesis.registerStreamConsumer(
                    request -> request.streamARN(streamArn).consumerName(name)));
            return true;
        } catch (SourceException e) {
            if (e.code().equals("ResourceInUseException")) {
                return true;
            }
            if (patient && e.code().equals("LimitExceededException")) {
                return false;
            }
            throw e;
        }
    }
}
