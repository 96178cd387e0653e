package io.riacho.leases;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A process that counts on each shard that it holds: a step's row and its checkpoint are one transaction. */
final class CountingWorker {

    static final Duration DURATION = Duration.ofSeconds(2);

    private CountingWorker() {}

    public static void main(String[] args) throws InterruptedException {
        DataSource source = new DriverManagerDataSource(args[1], args[2], args[3]);
        ApplicationLeases leases = TestLeases.open(source, DURATION);
        Workers workers = new LeaseTable(source).workers(DURATION);
        workers.start(args[0], leases, (held, checkpoint) -> new Counting(source, leases, held, checkpoint));
        Thread.currentThread().join();
    }

    private static final class Counting implements ShardWork.Running {

        private final JdbcClient jdbc;
        private final TransactionTemplate transaction;
        private final ApplicationLeases leases;
        private final HeldLease held;
        private final CompletableFuture<Void> stopped = new CompletableFuture<>();
        private volatile boolean stopping;

        Counting(DataSource source, ApplicationLeases leases, HeldLease held, String checkpoint) {
            this.jdbc = JdbcClient.create(source);
            this.transaction = new TransactionTemplate(new JdbcTransactionManager(source));
            this.leases = leases;
            this.held = held;
            long last = checkpoint.equals("TRIM_HORIZON") ? 0 : Long.parseLong(checkpoint);
            Thread.ofVirtual().start(() -> count(last));
        }

        private void count(long last) {
            try {
                long number = last;
                while (!stopping) {
                    step(++number);
                }
            } catch (LeaseLostException e) {
                stopping = true;
            } finally {
                stopped.complete(null);
            }
        }

        private void step(long number) {
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("insert into step (shard, number, worker) values (?, ?, ?)")
                        .params(held.shard(), number, held.worker())
                        .update();
                leases.checkpoint(held, Long.toString(number), null);
            });
        }

        @Override
        public CompletableFuture<Void> stop() {
            stopping = true;
            return stopped;
        }

        @Override
        public void abandon() {
            stopping = true;
        }
    }
}
