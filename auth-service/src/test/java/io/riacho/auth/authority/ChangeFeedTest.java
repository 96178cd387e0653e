package io.riacho.auth.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.riacho.auth.database.AuthDatabase;
import io.riacho.postgres.TestPostgres;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Who waits for a change of identities. */
class ChangeFeedTest {

    /** Well below the time after which those who wait are answered anyway. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final CompletableFuture<String> told = new CompletableFuture<>();
    private AuthDatabase database;
    private ChangeFeed feed;
    private Thread waiting;

    @BeforeEach
    void waitForAChange() {
        TestPostgres.Database own = TestPostgres.newDatabase();
        database = new AuthDatabase(new DriverManagerDataSource(own.url(), own.user(), own.password()));
        feed = new ChangeFeed(database);
        feed.start();
        String known = feed.await(null);
        waiting = Thread.ofPlatform().start(() -> told.complete(feed.await(known)));
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    }

    @AfterEach
    void end() throws InterruptedException {
        feed.stop();
        waiting.join();
    }

    @Test
    void isWokenByTheChange() {
        database.change(() -> 1);
        assertThat(told).succeedsWithin(AT_ONCE).isEqualTo(feed.await(null));
    }

    @Test
    void isWokenByAChangeOfWhichNobodyKnowsWhetherItHappened() {
        assertThatIllegalStateException()
                .isThrownBy(() -> database.change(() -> {
                    throw new IllegalStateException("the answer was lost");
                }));
        assertThat(told).succeedsWithin(AT_ONCE).isEqualTo(feed.await(null));
    }

    @Test
    void isWokenWhenTheServerEnds() {
        feed.stop();
        assertThat(told).succeedsWithin(AT_ONCE);
    }
}
