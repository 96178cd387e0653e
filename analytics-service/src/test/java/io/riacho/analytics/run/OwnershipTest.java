package io.riacho.analytics.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.leases.LeaseTable;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who leads an application, and who did. */
class OwnershipTest {

    private static final Duration LEASE = Duration.ofSeconds(4);

    private final DataSource database = AnalyticsServer.shared().bean(DataSource.class);
    private final LeaseTable leases = AnalyticsServer.shared().bean(LeaseTable.class);
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database));
    private final UUID application = UUID.randomUUID();
    private final Ownership one = new Ownership(leases, LEASE, "one-" + application);
    private final Ownership other = new Ownership(leases, LEASE, "other-" + application);

    @Test
    void oneProcessLeadsAnApplication() {
        assertThat(one.own(application)).isTrue();
        assertThat(other.own(application)).isFalse();
        assertThatCode(() -> guard(one)).doesNotThrowAnyException();
        assertThatThrownBy(() -> guard(other)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void whoLostItChangesNothingAnyMoreThoughItDoesNotKnow() {
        assertThat(one.own(application)).isTrue();
        AnalyticsServer.await(() -> other.own(application), "the lease is over");

        assertThat(one.owns(application)).isTrue();
        assertThatThrownBy(() -> guard(one)).isInstanceOf(RuntimeException.class);
        assertThatCode(() -> guard(other)).doesNotThrowAnyException();
        assertThat(one.renew()).containsExactly(application);
    }

    private void guard(Ownership ownership) {
        transactions.executeWithoutResult(_ -> ownership.guard(application));
    }
}
