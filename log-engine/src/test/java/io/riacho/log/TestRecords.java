package io.riacho.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Makes appends, and reads records back as text. */
final class TestRecords {

    /** A record as it was read. */
    record Read(long offset, long timestamp, String key, String data) {}

    private TestRecords() {}

    static Append append(long shard, String... data) {
        Append append = new Append(data.length);
        for (String text : data) {
            add(append, shard, text);
        }
        return append;
    }

    static void add(Append append, long shard, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        append.add(shard, ("key-" + text.length()).getBytes(UTF_8), bytes, 0, bytes.length);
    }

    /** Appends and waits until it is durable. */
    static Appended put(ShardLog log, long shard, String... data) {
        return log.append(append(shard, data)).join();
    }

    /** All records from the offset on, read in pieces. */
    static List<Read> readAll(ShardLog log, long shard, long fromOffset) {
        return readAll(log, shard, fromOffset, Long.MIN_VALUE, 1 << 16);
    }

    static List<Read> readAll(ShardLog log, long shard, long fromOffset, long fromTimestamp, int maxBytes) {
        List<Read> records = new ArrayList<>();
        LogChunk chunk = log.newChunk();
        long offset = fromOffset;
        while (true) {
            log.read(shard, offset, fromTimestamp, maxBytes, chunk);
            int before = records.size();
            while (chunk.next()) {
                records.add(new Read(
                        chunk.offset(),
                        chunk.timestamp(),
                        new String(chunk.array(), chunk.keyPosition(), chunk.keyLength(), UTF_8),
                        new String(chunk.array(), chunk.dataPosition(), chunk.dataLength(), UTF_8)));
            }
            offset = chunk.nextOffset();
            if (records.size() == before && offset >= log.endOffset(shard)) {
                return records;
            }
        }
    }

    static List<String> texts(ShardLog log, long shard) {
        return readAll(log, shard, 0).stream().map(Read::data).toList();
    }

    static List<Long> offsets(Appended appended) {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < appended.size(); i++) {
            offsets.add(appended.offset(i));
        }
        return offsets;
    }
}
