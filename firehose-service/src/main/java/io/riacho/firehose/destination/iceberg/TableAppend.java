package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.ClusteredDataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery to one table, in one snapshot whose summary names it. A delivery that comes again is found in the table's snapshots, and
 * a commit is only made on top of snapshots without it, so two that deliver the same at the same time do it once. Files have new names
 * each time: nothing overwrites a file that a snapshot may already have.
 */
final class TableAppend {

    /** In a snapshot's summary: the id of its delivery. */
    static final String DELIVERY = "riacho.delivery";

    private static final Logger log = LoggerFactory.getLogger(TableAppend.class);
    private static final String STREAM = "riacho.delivery-stream";
    private static final String SHARD = "riacho.shard";

    private final Table table;
    private final Delivery delivery;
    private final List<Rejection> rejections = new ArrayList<>();

    TableAppend(Table table, Delivery delivery) {
        this.table = table;
        this.delivery = delivery;
    }

    Delivered run() throws IOException, InterruptedException {
        Snapshot before = find();
        if (before != null) {
            return again(before);
        }
        List<DataFile> files = write();
        if (!files.isEmpty() && !commit(files)) {
            delete(files);
            table.refresh();
            return again(Objects.requireNonNull(find(), "the snapshot that was just there"));
        }
        return delivered();
    }

    private Delivered delivered() {
        return rejections.isEmpty() ? Delivered.ALL : new Delivered(rejections, List.of());
    }

    private @Nullable Snapshot find() {
        String id = delivery.id().toString();
        for (Snapshot snapshot : table.snapshots()) {
            if (id.equals(snapshot.summary().get(DELIVERY))) {
                return snapshot;
            }
        }
        return null;
    }

    /** Rejects what was rejected then: what did not fit the schema of then. */
    private Delivered again(Snapshot before) {
        rejections.clear();
        Schema then = before.schemaId() == null ? null : table.schemas().get(before.schemaId());
        RowReader reader = new RowReader(then == null ? table.schema() : then);
        for (DeliveryRecord record : delivery.records()) {
            read(reader, record);
        }
        return delivered();
    }

    private @Nullable Record read(RowReader reader, DeliveryRecord record) {
        try {
            return reader.read(record.data());
        } catch (UnfitRecord e) {
            rejections.add(new Rejection(record, e.code(), e.getMessage()));
            return null;
        }
    }

    private List<DataFile> write() throws IOException, InterruptedException {
        ClusteredDataWriter<Record> writer = writer();
        try {
            if (table.spec().isPartitioned()) {
                writePartitions(writer);
            } else {
                RowReader reader = new RowReader(table.schema());
                for (DeliveryRecord record : delivery.records()) {
                    write(writer, read(reader, record), null);
                }
            }
            writer.close();
            return writer.result().dataFiles();
        } catch (IOException | InterruptedException | RuntimeException e) {
            abandon(writer);
            throw e;
        }
    }

    /**
     * One partition after the other, so that no more than one file is open. Records are read twice: their bytes take less memory than
     * their rows.
     */
    private void writePartitions(ClusteredDataWriter<Record> writer) throws InterruptedException {
        RowReader reader = new RowReader(table.schema());
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        InternalRecordWrapper wrapper = new InternalRecordWrapper(table.schema().asStruct());
        Map<PartitionKey, List<DeliveryRecord>> partitions = new LinkedHashMap<>();
        for (DeliveryRecord record : delivery.records()) {
            Record row = read(reader, record);
            if (row != null) {
                key.partition(wrapper.wrap(row));
                List<DeliveryRecord> partition = partitions.get(key);
                if (partition == null) {
                    partition = new ArrayList<>();
                    partitions.put(key.copy(), partition);
                }
                partition.add(record);
            }
        }
        for (Map.Entry<PartitionKey, List<DeliveryRecord>> partition : partitions.entrySet()) {
            for (DeliveryRecord record : partition.getValue()) {
                write(writer, read(reader, record), partition.getKey());
            }
        }
    }

    private void write(ClusteredDataWriter<Record> writer, @Nullable Record row, @Nullable PartitionKey partition)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (row != null) {
            writer.write(row, table.spec(), partition);
        }
    }

    private ClusteredDataWriter<Record> writer() {
        OutputFileFactory names = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(delivery.id() + "-" + UUID.randomUUID())
                .build();
        GenericFileWriterFactory writers = new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .dataSchema(table.schema())
                .writerProperties(Map.of(TableProperties.PARQUET_COMPRESSION, compression()))
                .build();
        long size = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
        return new ClusteredDataWriter<>(writers, names, table.io(), size);
    }

    private void abandon(ClusteredDataWriter<Record> writer) {
        try {
            writer.close();
            delete(writer.result().dataFiles());
        } catch (IOException | RuntimeException e) {
            log.debug("A file that belongs to no snapshot of {} stays", table.name(), e);
        }
    }

    private String compression() {
        return table.properties().getOrDefault(TableProperties.PARQUET_COMPRESSION, "zstd");
    }

    /** False where another one has delivered the same meanwhile. */
    private boolean commit(List<DataFile> files) {
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        append.set(DELIVERY, delivery.id().toString());
        append.set(STREAM, delivery.deliveryStream());
        append.set(SHARD, delivery.shard());
        NotYetDelivered validator = new NotYetDelivered(delivery.id().toString());
        append.validateWith(validator);
        try {
            append.commit();
            return true;
        } catch (CommitStateUnknownException e) {
            throw e;
        } catch (ValidationException e) {
            if (validator.found) {
                return false;
            }
            delete(files);
            throw e;
        } catch (RuntimeException e) {
            delete(files);
            throw e;
        }
    }

    private void delete(List<DataFile> files) {
        for (DataFile file : files) {
            try {
                table.io().deleteFile(file.location());
            } catch (RuntimeException e) {
                log.warn("{} stays, and belongs to no snapshot of {}", file.location(), table.name());
            }
        }
    }

    private static final class NotYetDelivered implements SnapshotAncestryValidator {
        private final String delivery;
        private boolean found;

        private NotYetDelivered(String delivery) {
            this.delivery = delivery;
        }

        @Override
        public boolean validate(Iterable<Snapshot> ancestors) {
            for (Snapshot snapshot : ancestors) {
                if (delivery.equals(snapshot.summary().get(DELIVERY))) {
                    found = true;
                    return false;
                }
            }
            return true;
        }
    }
}
