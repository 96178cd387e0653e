package io.riacho.leases;

import io.riacho.postgres.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Leases in a database of their own. */
final class TestLeases {

    static final Application COPY =
            new Application("TEST", "copy", "arn:aws:kinesis:us-east-1:000000000000:stream/red");

    private TestLeases() {}

    static DataSource newDatabase() {
        TestPostgres.Database database = TestPostgres.newDatabase();
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.url(), database.user(), database.password());
        Flyway migration = new LeasesConfiguration().leasesMigration(source);
        migration.migrate();
        return source;
    }

    static ApplicationLeases open(DataSource source, Duration duration) {
        return new LeaseTable(source).open(COPY, duration);
    }

    static List<NewLease> shards(int count) {
        return IntStream.range(0, count).mapToObj(i -> shard("shard-" + i)).toList();
    }

    static NewLease shard(String name, String... parents) {
        return new NewLease(name, List.of(parents), "TRIM_HORIZON");
    }
}
