package io.riacho.firehose.format;

import io.riacho.firehose.catalog.TableAccessException;
import io.riacho.firehose.catalog.TableDefinition;
import io.riacho.firehose.destination.CatalogTable;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.protocol.AwsException;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;

/**
 * JSON records as a file of columns. Each object is made by the table as it is when the object is written. Of a record all
 * rows are in the object or none; where no record can be converted nothing is written at all. Where the table is gone, no
 * record can be; where it cannot be looked up just now, or the role may not read it, that is an error.
 */
final class ColumnarFormat implements ObjectFormat {

    private final Supplier<TableDefinition> tables;
    private final SchemaConfiguration schema;
    private final SerDeRules rules;
    private final ColumnarFile file;
    private final String extension;
    private volatile @Nullable Known known;

    ColumnarFormat(
            Supplier<TableDefinition> tables,
            SchemaConfiguration schema,
            SerDeRules rules,
            ColumnarFile file,
            String extension) {
        this.tables = tables;
        this.schema = schema;
        this.rules = rules;
        this.file = file;
        this.extension = extension;
    }

    @Override
    public String extension() {
        return extension;
    }

    @Override
    public String contentType() {
        return RecordsFormat.BINARY;
    }

    @Override
    public List<Rejection> write(List<DeliveryRecord> records, OutputStream out) throws IOException {
        Known now;
        try {
            now = current();
        } catch (UncheckedIOException | TableAccessException e) {
            throw new IOException(e.getMessage(), e);
        } catch (AwsException e) {
            // The table was there when the delivery stream was made. What was for it is kept where failures are.
            return records.stream()
                    .map(record -> rejection(record, "DataFormatConversion.InvalidSchema", e.getMessage()))
                    .toList();
        }
        List<Rejection> rejections = new ArrayList<>();
        ColumnarFile.RowWriter writer = null;
        try (OpenSpan span = Tracing.current().child("convert")) {
            span.with("riacho.records", records.size());
            for (DeliveryRecord record : records) {
                List<@Nullable Object[]> rows = read(record, now, rejections);
                if (!rows.isEmpty() && writer == null) {
                    writer = file.begin(now.table(), out);
                }
                for (@Nullable Object[] row : rows) {
                    if (writer != null) {
                        writer.write(row);
                    }
                }
            }
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
        return rejections;
    }

    private List<@Nullable Object[]> read(DeliveryRecord record, Known now, List<Rejection> rejections) {
        try {
            return now.rows().read(record.data());
        } catch (ConversionException e) {
            rejections.add(rejection(record, e.code(), e.getMessage()));
            return List.of();
        }
    }

    private Rejection rejection(DeliveryRecord record, String code, @Nullable String message) {
        return new Rejection(record, code, String.valueOf(message), Map.of(), CatalogTable.of(schema));
    }

    private Known current() {
        TableDefinition table = tables.get();
        Known last = known;
        if (last != null && last.table().equals(table)) {
            return last;
        }
        Known now = new Known(table, new RowReader(table.columns(), rules));
        known = now;
        return now;
    }

    private record Known(TableDefinition table, RowReader rows) {}
}
