package io.riacho.firehose.destination.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.protocol.AwsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.firehose.model.CloudWatchLoggingOptions;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.RedshiftS3BackupMode;
import software.amazon.awssdk.services.firehose.model.SecretsManagerConfiguration;

class PostgresConfigurationTest {

    private static final String URL = "jdbc:postgresql://warehouse.example.com:5432/sales";

    private final PostgresDestinationType type =
            new PostgresDestinationType(WarehouseProperties.DEFAULTS, TestDeliveries.BUCKETS);

    @Test
    void whatIsLeftOutIsAsWithAws() {
        RedshiftDestinationConfiguration complete = type.complete(configuration(URL, "JSON 'auto'"));

        assertThat(complete.retryOptions().durationInSeconds()).isEqualTo(3600);
        assertThat(complete.s3BackupMode()).isEqualTo(RedshiftS3BackupMode.DISABLED);
        assertThat(complete.cloudWatchLoggingOptions().enabled()).isFalse();
        assertThat(type.plan(complete).hints()).isEqualTo(BufferHints.of(5, 300));
        assertThat(type.plan(complete).retry()).isEqualTo(Duration.ofHours(1));
        assertThat(type.plan(complete).backsUpAll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketFactory=org.example.Evil",
                "socketFactoryArg=x",
                "sslfactory=org.example.Evil",
                "sslhostnameverifier=x",
                "sslpasswordcallback=x",
                "authenticationPluginClassName=x",
                "loggerFile=/etc/cron.d/x",
                "sslrootcert=/etc/shadow",
                "options=-c%20x",
                "user=root",
                "password=x",
                "SocketFactory=x",
                "%73ocketFactory=x",
                "sslmode=require&socketFactory=x",
                "sslmode=evil",
                "ssl=true&ssl=true",
                "ssl=true&sslmode=disable",
                "currentSchema=a;b",
            })
    void parametersThatAreNotKnownToBeHarmlessAreRefused(String parameters) {
        assertRefused(configuration(URL + "?" + parameters, "CSV"), "ClusterJDBCURL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://a,b/db",
                "jdbc:postgresql:db",
                "jdbc:postgresql://host:99999/db",
                "jdbc:postgresql://host/db;x",
                "jdbc:postgresql://user:pw@host/db",
                "jdbc:mysql://host/db",
                "jdbc:postgresql://host/",
                "jdbc:postgresql://host/a b"
            })
    void otherUrlsAreRefused(String url) {
        assertRefused(configuration(url, "CSV"), "ClusterJDBCURL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSON 's3://paths/x.json'",
                "JSON 'auto' GZIP",
                "MAXERROR 5",
                "REGION 'us-east-1'",
                "CSV) ; drop table x; --",
                "CSV; drop table x",
                "CSV QUOTE ''''''",
                "CSV QUOTE '\\'",
                "CSV QUOTE ','",
                "CSV JSON",
                "CSV CSV",
                "DELIMITER 'ab'",
                "DELIMITER 'a'",
                "DELIMITER '|' DELIMITER ','",
                "DELIMITER",
                "NULL AS 'open",
                "QUOTE '%'",
                "TIMEFORMAT 'epochsecs'",
                "FORMAT AS AVRO",
                "ESCAPE",
                "COMPUPDATE OFF",
                "'auto'",
                "CSV -- x",
                "CSV \"x\""
            })
    void optionsThatCannotBeKeptAreRefused(String options) {
        assertRefused(configuration(URL, options), "CopyOptions");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "json 'auto'; Json[ignoreCase=false]",
                "FORMAT AS JSON 'auto ignorecase'; Json[ignoreCase=true]",
                "JSON; Json[ignoreCase=false]",
                "csv; Csv[delimiter=,, quote=\", nullText=null]",
                "FORMAT CSV DELIMITER '#' QUOTE AS '%' NULL ''; Csv[delimiter=#, quote=%, nullText=]",
                "DELIMITER '~'; Delimited[delimiter=~, nullText=\\N]",
                "DELIMITER '\\001' NULL 'x'; Delimited[delimiter=\u0001, nullText=x]",
            })
    void optionsAreReadAsRedshiftReadsThem(String options, String format) {
        assertThat(CopyFormat.parse(options)).hasToString(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "a b", "", "a;drop", "\"open", "1a", "a-b", "a.", "\"\""})
    void whatIsNoNameOfATableIsRefused(String table) {
        assertRefused(TestConfigurations.of(URL, "user", "password", "CSV", table, null), "DataTableName");
    }

    @Test
    void whatNobodyHereCanDoIsRefusedByName() {
        assertRefused(
                configuration(URL, "CSV").toBuilder()
                        .cloudWatchLoggingOptions(
                                CloudWatchLoggingOptions.builder().enabled(true).build())
                        .build(),
                "CloudWatchLoggingOptions");
        assertRefused(
                configuration(URL, "CSV").toBuilder()
                        .secretsManagerConfiguration(SecretsManagerConfiguration.builder()
                                .enabled(true)
                                .build())
                        .build(),
                "SecretsManagerConfiguration");
        assertRefused(configuration(URL, "CSV").toBuilder().password(null).build(), "Password");
        assertRefused(
                configuration(URL, "CSV").toBuilder()
                        .s3BackupMode(RedshiftS3BackupMode.ENABLED)
                        .build(),
                "S3BackupConfiguration");
    }

    /** An update that says so leaves the bucket as it was. */
    @Test
    void theBackupCanBeSwitchedOff() {
        RedshiftDestinationConfiguration given = configuration(URL, "CSV");
        RedshiftDestinationConfiguration off = type.complete(given.toBuilder()
                .s3BackupMode(RedshiftS3BackupMode.DISABLED)
                .s3BackupConfiguration(given.s3Configuration())
                .build());

        assertThat(type.plan(off).backsUpAll()).isFalse();
        assertThat(type.plan(off).backup()).isEqualTo(off.s3Configuration());
    }

    private void assertRefused(RedshiftDestinationConfiguration configuration, String member) {
        assertThatThrownBy(() -> type.complete(configuration))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(member)
                .hasMessageNotContaining("secret-password");
    }

    private static RedshiftDestinationConfiguration configuration(String url, String options) {
        return TestConfigurations.of(url, "user", "secret-password", options, "clicks", null);
    }
}
