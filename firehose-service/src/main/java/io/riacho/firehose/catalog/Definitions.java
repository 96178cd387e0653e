package io.riacho.firehose.catalog;

import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;

/** What callers give as definitions, in the form in which it is kept, and as they are told it again. */
final class Definitions {

    private static final int MAX_BYTES = 512 * 1024;

    private final CatalogNames names;
    private final ShapeWriter writer = new ShapeWriter();
    private final ShapeReader reader = new ShapeReader();

    Definitions(CatalogNames names) {
        this.names = names;
    }

    byte[] kept(DatabaseInput input) {
        refuse(input.targetDatabase() != null, "DatabaseInput.TargetDatabase");
        refuse(input.federatedDatabase() != null, "DatabaseInput.FederatedDatabase");
        refuse(
                input.hasCreateTableDefaultPermissions()
                        && !input.createTableDefaultPermissions().isEmpty(),
                "DatabaseInput.CreateTableDefaultPermissions");
        return json(input);
    }

    byte[] kept(TableInput input) {
        refuse(input.targetTable() != null, "TableInput.TargetTable");
        refuse(input.viewDefinition() != null, "TableInput.ViewDefinition");
        refuse(
                input.storageDescriptor() != null && input.storageDescriptor().schemaReference() != null,
                "TableInput.StorageDescriptor.SchemaReference");
        return json(input);
    }

    Database told(StoredDatabase stored) {
        return read(Database.class, stored.definition()).toBuilder()
                .name(stored.name())
                .createTime(stored.createdAt())
                .catalogId(names.accountId())
                .build();
    }

    Table told(StoredTable stored) {
        return read(Table.class, stored.definition()).toBuilder()
                .name(stored.name())
                .databaseName(stored.database())
                .createTime(stored.createdAt())
                .updateTime(stored.updatedAt())
                .createdBy(stored.createdBy())
                .isRegisteredWithLakeFormation(false)
                .catalogId(names.accountId())
                .versionId(Long.toString(stored.version()))
                .build();
    }

    TableVersion toldVersion(StoredTable stored) {
        return TableVersion.builder()
                .table(told(stored))
                .versionId(Long.toString(stored.version()))
                .build();
    }

    private byte[] json(SdkPojo input) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(input, WireFormat.JSON, bytes);
        if (bytes.size() > MAX_BYTES) {
            throw CatalogErrors.invalid("A definition takes at most " + MAX_BYTES + " bytes.");
        }
        return bytes.toByteArray();
    }

    private <T extends SdkPojo> T read(Class<T> type, byte[] json) {
        return reader.read(type, WireFormat.JSON, json, 0, json.length);
    }

    private static void refuse(boolean isGiven, String member) {
        if (isGiven) {
            throw CatalogErrors.unsupported(member);
        }
    }
}
