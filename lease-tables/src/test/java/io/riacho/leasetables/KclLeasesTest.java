package io.riacho.leasetables;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.leasetables.application.ShardLease;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.kinesis.common.DdbTableConfig;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.MultiStreamLease;
import software.amazon.kinesis.leases.UpdateField;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.DynamoDBMultiStreamLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.TableCreatorCallback;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** KCL's own code for leases, as a worker of it runs it. */
class KclLeasesTest {

    private static final String WORKER = "worker-1";
    private static final String OTHER = "worker-2";

    private final DynamoServer server = DynamoServer.shared();
    private final String table = DynamoServer.newTable();
    private final DynamoDBLeaseRefresher leases = refresher(table, new DynamoDBLeaseSerializer());

    @BeforeEach
    void createTable() throws Exception {
        assertThat(leases.leaseTableExists()).isFalse();
        assertThat(leases.createLeaseTableIfNotExists()).isTrue();
    }

    @Test
    void aTableIsThereAtOnceAndEmptyAtFirst() throws Exception {
        assertThat(leases.waitUntilLeaseTableExists(1, 10)).isTrue();
        assertThat(leases.createLeaseTableIfNotExists()).isTrue();
        assertThat(leases.leaseTableExists()).isTrue();
        assertThat(leases.isLeaseTableEmpty()).isTrue();
        assertThat(leases.getLeaseTableIdentifier()).isNotEmpty();
    }

    @Test
    void aLeaseIsMadeOnceAndReadBackAsItWas() throws Exception {
        Lease lease = lease("shardId-000000000000");

        assertThat(leases.createLeaseIfNotExists(lease)).isTrue();
        assertThat(leases.createLeaseIfNotExists(lease)).isFalse();

        Lease read = leases.getLease(lease.leaseKey());
        assertThat(read.leaseKey()).isEqualTo(lease.leaseKey());
        assertThat(read.checkpoint()).isEqualTo(ExtendedSequenceNumber.TRIM_HORIZON);
        assertThat(read.hashKeyRangeForLease()).isEqualTo(lease.hashKeyRangeForLease());
        assertThat(read.parentShardIds()).isEqualTo(lease.parentShardIds());
        assertThat(leases.isLeaseTableEmpty()).isFalse();
        assertThat(leases.getLease("shardId-000000000009")).isNull();
    }

    @Test
    void aLeaseIsTakenRenewedAndCheckpointedByOneWorker() throws Exception {
        Lease lease = created("shardId-000000000000");
        assertThat(leases.takeLease(lease, WORKER)).isTrue();
        Lease late = created("shardId-000000000001");
        assertThat(leases.renewLease(lease)).isTrue();

        lease.checkpoint(new ExtendedSequenceNumber("4711", 3L));
        assertThat(leases.updateLease(lease)).isTrue();

        Lease read = leases.getLease(lease.leaseKey());
        assertThat(read.leaseOwner()).isEqualTo(WORKER);
        assertThat(read.leaseCounter()).isEqualTo(lease.leaseCounter());
        assertThat(leases.getCheckpoint(lease.leaseKey())).isEqualTo(new ExtendedSequenceNumber("4711", 3L));
        assertThat(late.leaseOwner()).isNull();
    }

    @Test
    void whoKnowsAnOldCounterCannotTakeOrRenew() throws Exception {
        created("shardId-000000000000");
        Lease mine = leases.getLease("shardId-000000000000");
        Lease theirs = leases.getLease("shardId-000000000000");
        assertThat(leases.takeLease(mine, WORKER)).isTrue();

        assertThat(leases.takeLease(theirs, OTHER)).isFalse();
        theirs.leaseOwner(OTHER);
        assertThat(leases.renewLease(theirs)).isFalse();
        assertThat(leases.getLease("shardId-000000000000").leaseOwner()).isEqualTo(WORKER);
    }

    @Test
    void aLeaseIsAssignedHandedOverAndEvicted() throws Exception {
        created("shardId-000000000000");
        Lease lease = leases.getLease("shardId-000000000000");
        assertThat(leases.assignLease(lease, WORKER)).isTrue();

        assertThat(leases.initiateGracefulLeaseHandoff(lease, OTHER)).isTrue();
        Lease handedOver = leases.getLease("shardId-000000000000");
        assertThat(handedOver.leaseOwner()).isEqualTo(OTHER);
        assertThat(handedOver.checkpointOwner()).isEqualTo(WORKER);

        Lease old = leases.getLease("shardId-000000000000");
        old.leaseOwner(WORKER);
        old.checkpointOwner(null);
        assertThat(leases.renewLease(old))
                .as("the condition fails, and carries the item that tells of the hand-off")
                .isTrue();
        assertThat(old.checkpointOwner()).isEqualTo(WORKER);

        assertThat(leases.evictLease(leases.getLease("shardId-000000000000"))).isTrue();
        assertThat(leases.getLease("shardId-000000000000").leaseOwner())
                .as("what is handed over goes to its next owner")
                .isEqualTo(OTHER);
        assertThat(leases.evictLease(leases.getLease("shardId-000000000000"))).isTrue();
        assertThat(leases.getLease("shardId-000000000000").leaseOwner()).isNull();
    }

    @Test
    void theLeasesOfAWorkerAreFoundByTheIndexAtOnce() throws Exception {
        leases.createLeaseOwnerToLeaseKeyIndexIfNotExists();
        assertThat(leases.waitUntilLeaseOwnerToLeaseKeyIndexExists(1, 60)).isTrue();
        for (int i = 0; i < 5; i++) {
            Lease lease = created("shardId-00000000000" + i);
            assertThat(leases.takeLease(lease, i < 3 ? WORKER : OTHER)).isTrue();
        }

        assertThat(leases.listLeaseKeysForWorker(WORKER))
                .containsExactly("shardId-000000000000", "shardId-000000000001", "shardId-000000000002");
        leases.evictLease(leases.getLease("shardId-000000000001"));
        assertThat(leases.listLeaseKeysForWorker(WORKER)).hasSize(2);
    }

    @Test
    void anIndexHasTheLeasesThatWereThereBefore() throws Exception {
        Lease lease = created("shardId-000000000000");
        leases.takeLease(lease, WORKER);

        leases.createLeaseOwnerToLeaseKeyIndexIfNotExists();

        assertThat(leases.listLeaseKeysForWorker(WORKER)).containsExactly("shardId-000000000000");
    }

    @Test
    void allLeasesAreListedInOneScanAndInParallel() throws Exception {
        for (int i = 10; i < 50; i++) {
            created("shardId-0000000000" + i);
        }

        assertThat(leases.listLeases()).hasSize(40);
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            assertThat(leases.listLeasesParallely(executor, 3).getKey())
                    .extracting(Lease::leaseKey)
                    .doesNotHaveDuplicates()
                    .hasSize(40);
        }
    }

    @Test
    void leasesAreDeletedAndTheirChildrenRemembered() throws Exception {
        Lease lease = created("shardId-000000000000");
        lease.childShardIds(List.of("shardId-000000000001", "shardId-000000000002"));
        leases.updateLeaseWithMetaInfo(lease, UpdateField.CHILD_SHARDS);
        assertThat(leases.getLease(lease.leaseKey()).childShardIds()).hasSize(2);

        leases.deleteLease(lease);
        assertThat(leases.getLease(lease.leaseKey())).isNull();
        created("shardId-000000000001");
        leases.deleteAll();
        assertThat(leases.isLeaseTableEmpty()).isTrue();
    }

    @Test
    void theTablesTellOfTheirApplications() throws Exception {
        Lease lease = created("shardId-000000000000");
        leases.takeLease(lease, WORKER);

        assertThat(server.leaseTables().applications())
                .filteredOn(application -> application.name().equals(table))
                .singleElement()
                .satisfies(application -> assertThat(application.leases())
                        .singleElement()
                        .satisfies(told -> {
                            assertThat(told.shard()).isEqualTo("shardId-000000000000");
                            assertThat(told.owner()).isEqualTo(WORKER);
                            assertThat(told.counter()).isEqualTo(lease.leaseCounter());
                            assertThat(told.checkpoint()).isEqualTo("TRIM_HORIZON");
                            assertThat(told.stream()).isNull();
                        }));
    }

    @Test
    void whatElseKclKeepsInItsTableIsNoLease() throws Exception {
        created("shardId-000000000000");
        server.client()
                .putItem(request -> request.tableName(table)
                        .item(Items.item(
                                "leaseKey", Items.s("Leader"),
                                "entityType", Items.s("LEADER"),
                                "leaseCounter", Items.n(1),
                                "checkpoint", Items.s("LATEST"))));

        assertThat(server.leaseTables().applications())
                .filteredOn(application -> application.name().equals(table))
                .flatExtracting(application -> application.leases())
                .extracting(ShardLease::key)
                .containsExactly("shardId-000000000000");
    }

    @Test
    void applicationsOfSeveralStreamsTellOfTheirStreams() throws Exception {
        String several = DynamoServer.newTable();
        DynamoDBLeaseRefresher multi = refresher(several, new DynamoDBMultiStreamLeaseSerializer());
        multi.createLeaseTableIfNotExists();
        MultiStreamLease lease = new MultiStreamLease();
        String stream = DynamoServer.ACCOUNT + ":orders:1700000000";
        lease.leaseKey(stream + ":shardId-000000000000");
        lease.streamIdentifier(stream);
        lease.shardId("shardId-000000000000");
        lease.checkpoint(ExtendedSequenceNumber.LATEST);
        assertThat(multi.createLeaseIfNotExists(lease)).isTrue();

        assertThat(multi.listLeasesForStream(StreamIdentifier.multiStreamInstance(stream)))
                .hasSize(1);
        assertThat(server.leaseTables().applications())
                .filteredOn(application -> application.name().equals(several))
                .flatExtracting(application -> application.leases())
                .singleElement()
                .extracting(ShardLease::stream, ShardLease::shard)
                .containsExactly("orders", "shardId-000000000000");
    }

    private Lease created(String shard) throws Exception {
        Lease lease = lease(shard);
        assertThat(leases.createLeaseIfNotExists(lease)).isTrue();
        return lease;
    }

    private static Lease lease(String shard) {
        Lease lease = new Lease();
        lease.leaseKey(shard);
        lease.leaseCounter(0L);
        lease.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
        lease.ownerSwitchesSinceCheckpoint(0L);
        lease.parentShardIds(Set.of("shardId-000000000100"));
        lease.hashKeyRange(new HashKeyRangeForLease(
                BigInteger.ZERO, BigInteger.TWO.pow(128).subtract(BigInteger.ONE)));
        return lease;
    }

    private DynamoDBLeaseRefresher refresher(String name, DynamoDBLeaseSerializer serializer) {
        DdbTableConfig config = new DdbTableConfig();
        config.billingMode(BillingMode.PAY_PER_REQUEST);
        return new DynamoDBLeaseRefresher(
                name,
                server.asyncClient(),
                serializer,
                true,
                TableCreatorCallback.NOOP_TABLE_CREATOR_CALLBACK,
                Duration.ofSeconds(60),
                config,
                false,
                false,
                List.of());
    }
}
