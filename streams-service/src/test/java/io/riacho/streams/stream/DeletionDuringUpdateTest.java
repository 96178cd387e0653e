package io.riacho.streams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.Append;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionDuringUpdateTest {

    private static final String NAME = "deleted-during-update";

    @TempDir
    Path folder;

    @Test
    void aDeletionThatComesBetweenTheSealsAndTheChildrenIsNotLost() {
        try (StreamsUnderTest service = new StreamsUnderTest(folder, Duration.ofMillis(200))) {
            Shard shard = service.create(NAME, 1).shards().open().getFirst();
            // Who changes a stream holds its lock, so the update waits with its shards sealed until this is over.
            service.catalog().change(service.stream(NAME), stream -> {
                service.askFor(NAME, new Reshape.Scale(2));
                StreamsUnderTest.await(() -> isSealed(service, shard));
                service.streams().lifecycle().delete(service.stream(NAME), _ -> {});
                return stream;
            });
            StreamsUnderTest.await(() -> service.catalog().find(NAME).isEmpty());
            assertThat(service.jdbc()
                            .sql("select name from streams.stream")
                            .query(String.class)
                            .list())
                    .isEqualTo(List.of());
        }
    }

    private static boolean isSealed(StreamsUnderTest service, Shard shard) {
        Append append = new Append(1);
        append.add(shard.number(), new byte[] {'k'}, new byte[0], 0, 0);
        return service.log().append(append).join().isSealed(0);
    }
}
