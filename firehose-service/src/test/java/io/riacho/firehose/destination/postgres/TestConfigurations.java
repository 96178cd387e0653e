package io.riacho.firehose.destination.postgres;

import io.riacho.postgres.TestPostgres.Database;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.CopyCommand;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** Configurations as a caller would give them. */
final class TestConfigurations {

    private TestConfigurations() {}

    static RedshiftDestinationConfiguration of(
            Database database, @Nullable String options, String table, @Nullable String columns) {
        return of(database.url(), database.user(), database.password(), options, table, columns);
    }

    static RedshiftDestinationConfiguration of(
            String url,
            String user,
            String password,
            @Nullable String options,
            String table,
            @Nullable String columns) {
        return RedshiftDestinationConfiguration.builder()
                .roleARN("arn:aws:iam::000000000000:role/firehose")
                .clusterJDBCURL(url)
                .username(user)
                .password(password)
                .copyCommand(CopyCommand.builder()
                        .dataTableName(table)
                        .dataTableColumns(columns)
                        .copyOptions(options)
                        .build())
                .s3Configuration(S3DestinationConfiguration.builder()
                        .roleARN("arn:aws:iam::000000000000:role/firehose")
                        .bucketARN("arn:aws:s3:::clicks")
                        .build())
                .build();
    }
}
