package io.riacho.firehose.format;

import io.riacho.firehose.catalog.TableAccessException;
import io.riacho.firehose.catalog.TableDefinition;
import io.riacho.firehose.catalog.TableDefinitions;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.protocol.AwsException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.orc.OrcFile;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DataFormatConversionConfiguration;
import software.amazon.awssdk.services.firehose.model.Deserializer;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;
import software.amazon.awssdk.services.firehose.model.Serializer;

/** Finds the format that a configuration asks for. Safe for use by many threads. */
public final class ObjectFormats {

    private static final int LEAST_CONVERTED_MEBIBYTES = 64;

    private final TableDefinitions tables;

    public ObjectFormats(TableDefinitions tables) {
        this.tables = tables;
    }

    /**
     * Whether records are converted. AWS takes a conversion that does not say whether it is enabled for one that is.
     */
    public static boolean converts(ExtendedS3DestinationConfiguration configuration) {
        DataFormatConversionConfiguration conversion = configuration.dataFormatConversionConfiguration();
        return conversion != null && !Boolean.FALSE.equals(conversion.enabled());
    }

    /**
     * Makes sure that {@link #of(DeliveryStreamName, ExtendedS3DestinationConfiguration)} can do all that the configuration says.
     *
     * @throws AwsException InvalidArgumentException where it cannot; also where there is no such table
     */
    public void check(DeliveryStreamName stream, ExtendedS3DestinationConfiguration configuration) {
        if (!converts(configuration)) {
            return;
        }
        CompressionFormat compression = configuration.compressionFormat();
        if (compression != null && compression != CompressionFormat.UNCOMPRESSED) {
            throw invalid("CompressionFormat must be UNCOMPRESSED when data format conversion is enabled");
        }
        if (configuration.bufferingHints() != null
                && configuration.bufferingHints().sizeInMBs() != null
                && configuration.bufferingHints().sizeInMBs() < LEAST_CONVERTED_MEBIBYTES) {
            throw invalid("BufferingHints.SizeInMBs must be at least " + LEAST_CONVERTED_MEBIBYTES
                    + " when data format conversion is enabled");
        }
        Conversion conversion = conversion(configuration.dataFormatConversionConfiguration());
        TableDefinition table = table(stream, conversion.schema());
        checkKeys(table, conversion);
        if (conversion.file() instanceof OrcObject orc) {
            if (orc.version() == OrcFile.Version.V_0_11
                    && !orc.bloomFilterColumns().isEmpty()) {
                throw invalid("OrcSerDe.BloomFilterColumns need the FormatVersion V0_12");
            }
            if (!orc.bloomFilterColumns().isEmpty() && !(orc.bloomFilterFpp() > 0 && orc.bloomFilterFpp() < 1)) {
                throw invalid("OrcSerDe.BloomFilterFalsePositiveProbability has to be more than 0 and less than 1");
            }
            for (String column : orc.bloomFilterColumns()) {
                if (table.columns().stream().noneMatch(known -> known.name().equals(column))) {
                    throw invalid("OrcSerDe.BloomFilterColumns names " + column + ", which the table does not have");
                }
            }
        }
    }

    /**
     * @param stream that writes objects
     * @param configuration one that {@code check} let pass
     */
    public ObjectFormat of(DeliveryStreamName stream, ExtendedS3DestinationConfiguration configuration) {
        if (!converts(configuration)) {
            return records(configuration.compressionFormat(), configuration.fileExtension());
        }
        Conversion conversion = conversion(configuration.dataFormatConversionConfiguration());
        String usual = conversion.file() instanceof ParquetFile ? ".parquet" : ".orc";
        return new ColumnarFormat(
                () -> tables.find(stream, conversion.schema()),
                conversion.schema(),
                conversion.rules(),
                conversion.file(),
                extensionOf(configuration.fileExtension(), usual));
    }

    /** The format of a bucket that only has a compression, such as one for backups; null is no compression. */
    public ObjectFormat of(@Nullable CompressionFormat compression) {
        return records(compression, null);
    }

    private TableDefinition table(DeliveryStreamName stream, SchemaConfiguration schema) {
        try {
            return tables.find(stream, schema);
        } catch (TableAccessException e) {
            throw invalid(e.getMessage());
        } catch (UncheckedIOException e) {
            throw AwsException.of("ServiceUnavailableException", 503, String.valueOf(e.getMessage()));
        }
    }

    private static ObjectFormat records(@Nullable CompressionFormat format, @Nullable String extension) {
        Compression compression = format == null ? Compression.UNCOMPRESSED : Compression.of(format);
        return new RecordsFormat(compression, extensionOf(extension, compression.extension()));
    }

    private static String extensionOf(@Nullable String asked, String usual) {
        return asked == null || asked.isEmpty() ? usual : asked;
    }

    private static Conversion conversion(DataFormatConversionConfiguration configuration) {
        if (configuration.inputFormatConfiguration() == null) {
            throw required("InputFormatConfiguration");
        }
        if (configuration.outputFormatConfiguration() == null) {
            throw required("OutputFormatConfiguration");
        }
        SchemaConfiguration schema = configuration.schemaConfiguration();
        if (schema == null) {
            throw required("SchemaConfiguration");
        }
        if (schema.roleARN() == null) {
            throw required("SchemaConfiguration.RoleARN");
        }
        return new Conversion(
                schema,
                rules(configuration.inputFormatConfiguration().deserializer()),
                file(configuration.outputFormatConfiguration().serializer()));
    }

    private static SerDeRules rules(@Nullable Deserializer deserializer) {
        if (deserializer == null || (deserializer.openXJsonSerDe() == null) == (deserializer.hiveJsonSerDe() == null)) {
            throw invalid("InputFormatConfiguration.Deserializer has to name one of OpenXJsonSerDe and HiveJsonSerDe");
        }
        try {
            return SerDeRules.of(deserializer);
        } catch (IllegalArgumentException e) {
            throw invalid("HiveJsonSerDe.TimestampFormats: " + e.getMessage());
        }
    }

    private static ColumnarFile file(@Nullable Serializer serializer) {
        if (serializer == null || (serializer.parquetSerDe() == null) == (serializer.orcSerDe() == null)) {
            throw invalid("OutputFormatConfiguration.Serializer has to name one of ParquetSerDe and OrcSerDe");
        }
        return serializer.parquetSerDe() != null
                ? ParquetFile.of(serializer.parquetSerDe())
                : OrcObject.of(serializer.orcSerDe());
    }

    /** Each mapping is of a column that there is, and no key is two columns. */
    private static void checkKeys(TableDefinition table, Conversion conversion) {
        Set<String> keys = new HashSet<>();
        Set<String> columns = new HashSet<>();
        table.columns().forEach(column -> {
            columns.add(column.name());
            if (!keys.add(conversion.rules().keyOf(column.name()))) {
                throw invalid("OpenXJsonSerDe.ColumnToJsonKeyMappings makes one key two columns, " + column.name()
                        + " and another");
            }
        });
        for (String column : conversion.rules().keys().keySet()) {
            if (!columns.contains(column.toLowerCase(Locale.ROOT))) {
                throw invalid("OpenXJsonSerDe.ColumnToJsonKeyMappings names the column " + column
                        + ", which the table does not have");
            }
        }
    }

    private static AwsException required(String member) {
        return invalid(member + " is required when data format conversion is enabled");
    }

    private static AwsException invalid(String message) {
        return AwsException.badRequest("InvalidArgumentException", message);
    }

    private record Conversion(SchemaConfiguration schema, SerDeRules rules, ColumnarFile file) {}
}
