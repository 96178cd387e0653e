package io.riacho.streams.stream;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code streams.stream}; see {@link Stream} for what the columns mean. */
@Entity
@Table(schema = "streams", name = "stream")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class StreamEntity {

    @Id
    Long id;

    String name;

    Instant createdAt;

    String status;

    String mode;

    int retentionHours;

    int maxRecordSizeInKib;

    @Nullable
    Integer warmThroughputMibps;

    String[] shardLevelMetrics;

    int nextShardIndex;

    String pending;

    Instant[] shardCountUpdates;

    Instant[] modeSwitches;

    @Nullable
    String resourcePolicy;

    @Nullable
    String encryptionKeyId;

    Instant[] encryptionStarts;

    Instant[] encryptionStops;

    @ElementCollection
    @CollectionTable(schema = "streams", name = "stream_tag", joinColumns = @JoinColumn(name = "stream_id"))
    @MapKeyColumn(name = "key")
    @Column(name = "value")
    Map<String, String> tags = new HashMap<>();
}
