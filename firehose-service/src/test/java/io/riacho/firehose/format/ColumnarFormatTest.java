package io.riacho.firehose.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.firehose.catalog.TableAccessException;
import io.riacho.firehose.catalog.TableDefinition;
import io.riacho.firehose.destination.CatalogTable;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.protocol.AwsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.InputFormatConfiguration;
import software.amazon.awssdk.services.firehose.model.OrcCompression;
import software.amazon.awssdk.services.firehose.model.OrcFormatVersion;
import software.amazon.awssdk.services.firehose.model.OrcSerDe;
import software.amazon.awssdk.services.firehose.model.OutputFormatConfiguration;
import software.amazon.awssdk.services.firehose.model.ParquetCompression;
import software.amazon.awssdk.services.firehose.model.ParquetSerDe;
import software.amazon.awssdk.services.firehose.model.ParquetWriterVersion;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;
import software.amazon.awssdk.services.firehose.model.Serializer;

class ColumnarFormatTest {

    private static final String COLUMNS = "b boolean, t tinyint, s smallint, i int, l bigint, f float, d double,"
            + " n decimal(20,3), x string, v varchar(5), c char(3), y binary, a date, z timestamp,"
            + " r array<struct<k:string,w:int>>, m map<string,bigint>, q struct<one:int,two:array<string>>";
    private static final String FULL = """
            {"b":true,"t":-1,"s":2,"i":3,"l":4,"f":0.5,"d":-0.25,"n":-12345678901234567.125,"x":"é😀","v":"vvvvv","c":"cc",
             "y":"bytes","a":"1969-12-31","z":"1960-06-01 23:59:59.123456789",
             "r":[{"k":"a","w":1},null,{"w":2}],"m":{"one":1,"none":null},"q":{"one":7,"two":["x",null]}}""";

    @TempDir
    private Path folder;

    private TableDefinition table = table(0, COLUMNS);

    private final ObjectFormats formats = new ObjectFormats((_, _) -> table);

    @ParameterizedTest
    @EnumSource(value = ParquetCompression.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN_TO_SDK_VERSION")
    void duckDbReadsTheParquetOfEachCompression(ParquetCompression compression) throws Exception {
        Path file = write(parquet(serDe -> serDe.compression(compression)), TestRecords.of(FULL, "{}"));

        assertThat(duckDb("select compression from parquet_metadata('" + file + "') limit 1"))
                .containsExactly(compression.toString());
        assertThat(duckDb("select b, t, s, i, l, f, d, n, x, v, c, y::varchar, a, z, r, m, q from '" + file
                        + "' where b"))
                .containsExactly(
                        "true",
                        "-1",
                        "2",
                        "3",
                        "4",
                        "0.5",
                        "-0.25",
                        "-12345678901234567.125",
                        "é😀",
                        "vvvvv",
                        "cc",
                        "bytes",
                        "1969-12-31",
                        "1960-06-01 23:59:59.123456",
                        "[{'k': a, 'w': 1}, NULL, {'k': NULL, 'w': 2}]",
                        "{one=1, none=NULL}",
                        "{'one': 7, 'two': [x, NULL]}");
        assertThat(duckDb("select count(*), count(x), count(q), count(m) from '" + file + "'"))
                .containsExactly("2", "1", "1", "1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dictionariesAndPagesAreAsTheyAreSet(boolean dictionary) throws Exception {
        Path file = write(
                parquet(serDe -> serDe.enableDictionaryCompression(dictionary)
                        .writerVersion(ParquetWriterVersion.V2)
                        .pageSizeBytes(65_536)),
                many(20_000));

        assertThat(duckDb("select encodings from parquet_metadata('" + file + "') where path_in_schema = 'x'")
                        .getFirst()
                        .contains("DICTIONARY"))
                .isEqualTo(dictionary);
        assertThat(duckDb("select count(*), count(distinct x), sum(l) from '" + file + "'"))
                .containsExactly("20000", "10", "199990000");
    }

    @ParameterizedTest
    @EnumSource(value = OrcCompression.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN_TO_SDK_VERSION")
    void orcIsReadBackInEachCompression(OrcCompression compression) throws Exception {
        Path file = write(orc(serDe -> serDe.compression(compression)), TestRecords.of(FULL, "{}"));

        assertThat(OrcReading.rows(Files.readAllBytes(file)))
                .containsExactly(
                        "[1, -1, 2, 3, 4, 0.5, -0.25, -12345678901234567.125, é😀, vvvvv, cc, bytes, -1,"
                                + " 1960-06-01T23:59:59.123456789Z, [[a, 1], null, [null, 2]], {one=1, none=null},"
                                + " [7, [x, null]]]",
                        "[null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,"
                                + " null]");
        assertThat(OrcReading.compression(Files.readAllBytes(file))).isEqualTo(compression.toString());
    }

    @Test
    void orcHasTheStripesIndexesAndFiltersThatAreAskedFor() throws Exception {
        byte[] object = Files.readAllBytes(write(
                orc(serDe -> serDe.rowIndexStride(1000)
                        .bloomFilterColumns("X")
                        .bloomFilterFalsePositiveProbability(0.01)
                        .dictionaryKeyThreshold(1.0)),
                many(20_000)));

        assertThat(OrcReading.rows(object)).hasSize(20_000);
        assertThat(OrcReading.described(object))
                .contains("stride 1000", "version 0.12", "x BLOOM_FILTER_UTF8", "x DICTIONARY_V2");
    }

    @Test
    void orcIsWrittenInTheOldVersionWhereThatIsAskedFor() throws Exception {
        byte[] object =
                Files.readAllBytes(write(orc(serDe -> serDe.formatVersion(OrcFormatVersion.V0_11)), many(20_000)));

        assertThat(OrcReading.rows(object)).hasSize(20_000);
        assertThat(OrcReading.described(object)).contains("stride 10000", "version 0.11", "x DIRECT");
    }

    @Test
    void theSameRecordsGiveTheSameBytes() throws Exception {
        for (ExtendedS3DestinationConfiguration configuration : List.of(parquet(_ -> {}), orc(_ -> {}))) {
            byte[] first = Files.readAllBytes(write(configuration, many(3000)));

            assertThat(Files.readAllBytes(write(configuration, many(3000)))).isEqualTo(first);
        }
    }

    @Test
    void recordsThatCannotBeConvertedComeBackAndTheOthersAreWritten() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<DeliveryRecord> records =
                TestRecords.of("{\"i\":1}", "{\"i\":\"x\"}", "no json", "{\"i\":2}{\"i\":[]}", "{\"i\":3}{\"i\":4}");

        List<Rejection> rejections =
                formats.of(TestRecords.STREAM, parquet(_ -> {})).write(records, out);

        assertThat(rejections)
                .extracting(Rejection::record)
                .containsExactly(records.get(1), records.get(2), records.get(3));
        assertThat(rejections)
                .extracting(Rejection::code)
                .containsExactly(
                        "DataFormatConversion.MalformedData",
                        "DataFormatConversion.ParseError",
                        "DataFormatConversion.MalformedData");
        assertThat(rejections)
                .extracting(Rejection::table)
                .containsOnly(new CatalogTable(null, "db", "t", null, "LATEST"));
        Path file = Files.write(folder.resolve("some.parquet"), out.toByteArray());
        assertThat(duckDb("select string_agg(i, ',' order by i) from '" + file + "'"))
                .containsExactly("1,3,4");
    }

    @Test
    void nothingIsWrittenWhereNoRecordCanBeConverted() throws Exception {
        for (ExtendedS3DestinationConfiguration configuration : List.of(parquet(_ -> {}), orc(_ -> {}))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThat(formats.of(TestRecords.STREAM, configuration).write(TestRecords.of("x", "y"), out))
                    .hasSize(2);
            assertThat(out.size()).isZero();
        }
    }

    @Test
    void aTableThatChangesIsTakenAtTheNextObject() throws Exception {
        ObjectFormat format = formats.of(TestRecords.STREAM, parquet(_ -> {}));
        write(format, TestRecords.of("{\"i\":1,\"added\":\"x\"}"));

        table = table(1, COLUMNS + ", added string");

        assertThat(duckDb("select added from '" + write(format, TestRecords.of("{\"i\":1,\"added\":\"x\"}")) + "'"))
                .containsExactly("x");
    }

    @Test
    void whereTheTableIsGoneAllRecordsComeBack() throws Exception {
        ObjectFormat format = new ObjectFormats((_, _) -> {
                    throw AwsException.badRequest("InvalidArgumentException", "There is no table");
                })
                .of(TestRecords.STREAM, parquet(_ -> {}));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(format.write(TestRecords.of("{}", "{}"), out))
                .extracting(Rejection::code)
                .containsExactly("DataFormatConversion.InvalidSchema", "DataFormatConversion.InvalidSchema");
        assertThat(out.size()).isZero();
    }

    @Test
    void whereTheRoleMayNotReadTheTableNothingIsMadeAndNoRecordComesBack() {
        ObjectFormats denied = new ObjectFormats((_, _) -> {
            throw new TableAccessException("Access was denied");
        });

        assertThatThrownBy(() -> denied.check(TestRecords.STREAM, parquet(_ -> {})))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("Access was denied");
        assertThatThrownBy(() -> denied.of(TestRecords.STREAM, parquet(_ -> {}))
                        .write(TestRecords.of("{}"), new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Access was denied");
    }

    @Test
    void whereTheTableCannotBeLookedUpNoRecordComesBack() {
        ObjectFormat format = new ObjectFormats((_, _) -> {
                    throw new UncheckedIOException(new IOException("away"));
                })
                .of(TestRecords.STREAM, parquet(_ -> {}));

        assertThatThrownBy(() -> format.write(TestRecords.of("{}"), new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void extensionsAreThoseOfTheFormats() {
        assertThat(formats.of(TestRecords.STREAM, parquet(_ -> {})).extension()).isEqualTo(".parquet");
        assertThat(formats.of(TestRecords.STREAM, orc(_ -> {})).extension()).isEqualTo(".orc");
    }

    @Test
    void aDisabledConversionIsNone() {
        ExtendedS3DestinationConfiguration disabled = ExtendedS3DestinationConfiguration.builder()
                .compressionFormat(CompressionFormat.GZIP)
                .dataFormatConversionConfiguration(conversion -> conversion.enabled(false))
                .build();

        formats.check(TestRecords.STREAM, disabled);
        assertThat(formats.of(TestRecords.STREAM, disabled).extension()).isEqualTo(".gz");
    }

    @Test
    void whatCannotBeHonouredIsRefusedAtOnce() {
        ExtendedS3DestinationConfiguration good = parquet(_ -> {});
        formats.check(TestRecords.STREAM, good);

        refused(good.toBuilder().compressionFormat(CompressionFormat.GZIP).build(), "UNCOMPRESSED");
        refused(good.toBuilder().bufferingHints(hints -> hints.sizeInMBs(63)).build(), "SizeInMBs");
        refused(changed(good, "schema"), "SchemaConfiguration");
        refused(changed(good, "input"), "InputFormatConfiguration");
        refused(changed(good, "output"), "OutputFormatConfiguration");
        refused(orc(serDe -> serDe.bloomFilterColumns("nowhere")), "nowhere");
        formats.check(TestRecords.STREAM, orc(serDe -> serDe.bloomFilterColumns("X")));
        refused(
                orc(serDe -> serDe.bloomFilterColumns("x").formatVersion(OrcFormatVersion.V0_11)),
                "BloomFilterColumns");
        refused(
                good.toBuilder()
                        .dataFormatConversionConfiguration(good.dataFormatConversionConfiguration().toBuilder()
                                .inputFormatConfiguration(input ->
                                        input.deserializer(deserializer -> deserializer.openXJsonSerDe(
                                                serDe -> serDe.columnToJsonKeyMappings(Map.of("nowhere", "k")))))
                                .build())
                        .build(),
                "nowhere");
        refused(
                good.toBuilder()
                        .dataFormatConversionConfiguration(good.dataFormatConversionConfiguration().toBuilder()
                                .inputFormatConfiguration(input -> input.deserializer(deserializer ->
                                        deserializer.hiveJsonSerDe(serDe -> serDe.timestampFormats("wrong"))))
                                .build())
                        .build(),
                "TimestampFormats");
    }

    private void refused(ExtendedS3DestinationConfiguration configuration, String named) {
        assertThatThrownBy(() -> formats.check(TestRecords.STREAM, configuration))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(named);
    }

    private static ExtendedS3DestinationConfiguration changed(
            ExtendedS3DestinationConfiguration configuration, String without) {
        var conversion = configuration.dataFormatConversionConfiguration().toBuilder();
        switch (without) {
            case "schema" -> conversion.schemaConfiguration((SchemaConfiguration) null);
            case "input" -> conversion.inputFormatConfiguration((InputFormatConfiguration) null);
            default -> conversion.outputFormatConfiguration((OutputFormatConfiguration) null);
        }
        return configuration.toBuilder()
                .dataFormatConversionConfiguration(conversion.build())
                .build();
    }

    private Path write(ExtendedS3DestinationConfiguration configuration, List<DeliveryRecord> records)
            throws IOException {
        return write(formats.of(TestRecords.STREAM, configuration), records);
    }

    private Path write(ObjectFormat format, List<DeliveryRecord> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(format.write(records, out)).isEmpty();
        return Files.write(Files.createTempFile(folder, "object", format.extension()), out.toByteArray());
    }

    private static List<DeliveryRecord> many(int count) {
        List<DeliveryRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String json = "{\"l\":" + i + ",\"x\":\"value " + i % 10 + "\",\"r\":[{\"w\":" + i + "}],\"z\":" + i + "}";
            records.add(TestRecords.record(i, json.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    private static TableDefinition table(long version, String columns) {
        return new TableDefinition("db", "t", version, RowReaderTest.columns(columns), List.of(), Map.of());
    }

    private static ExtendedS3DestinationConfiguration parquet(Consumer<ParquetSerDe.Builder> settings) {
        return converting(Serializer.builder().parquetSerDe(settings).build());
    }

    private static ExtendedS3DestinationConfiguration orc(Consumer<OrcSerDe.Builder> settings) {
        return converting(Serializer.builder().orcSerDe(settings).build());
    }

    static ExtendedS3DestinationConfiguration converting(Serializer serializer) {
        return ExtendedS3DestinationConfiguration.builder()
                .dataFormatConversionConfiguration(conversion -> conversion
                        .schemaConfiguration(schema -> schema.roleARN("arn:aws:iam::000000000000:role/r")
                                .databaseName("db")
                                .tableName("t"))
                        .inputFormatConfiguration(
                                input -> input.deserializer(deserializer -> deserializer.openXJsonSerDe(serDe -> {})))
                        .outputFormatConfiguration(output -> output.serializer(serializer)))
                .build();
    }

    /** The values of the first row, as texts. */
    private static List<String> duckDb(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(String.valueOf(rows.getString(i)));
            }
            return values;
        }
    }
}
