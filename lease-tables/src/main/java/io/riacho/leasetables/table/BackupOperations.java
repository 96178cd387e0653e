package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;

/** Point-in-time recovery, which is PostgreSQL's here and no matter of tables: it is off, and cannot be switched on. */
public final class BackupOperations {

    private static final String DISABLED = "DISABLED";

    private final TableNames names;
    private final Tables tables;

    public BackupOperations(TableNames names, Tables tables) {
        this.names = names;
        this.tables = tables;
    }

    public DescribeContinuousBackupsResponse describeContinuousBackups(DescribeContinuousBackupsRequest request) {
        requireTable(request.tableName());
        return DescribeContinuousBackupsResponse.builder()
                .continuousBackupsDescription(description -> description
                        .continuousBackupsStatus(DISABLED)
                        .pointInTimeRecoveryDescription(recovery -> recovery.pointInTimeRecoveryStatus(DISABLED)))
                .build();
    }

    public UpdateContinuousBackupsResponse updateContinuousBackups(UpdateContinuousBackupsRequest request) {
        String name = requireTable(request.tableName());
        if (request.pointInTimeRecoverySpecification().pointInTimeRecoveryEnabled()) {
            throw DynamoErrors.backupsUnavailable(name);
        }
        return UpdateContinuousBackupsResponse.builder()
                .continuousBackupsDescription(description -> description
                        .continuousBackupsStatus(DISABLED)
                        .pointInTimeRecoveryDescription(recovery -> recovery.pointInTimeRecoveryStatus(DISABLED)))
                .build();
    }

    private String requireTable(String nameOrArn) {
        String name = names.named(nameOrArn);
        if (tables.find(name).isEmpty()) {
            throw DynamoErrors.noSuchTable(name);
        }
        return name;
    }
}
