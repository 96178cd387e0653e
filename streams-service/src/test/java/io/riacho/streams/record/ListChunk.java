package io.riacho.streams.record;

import io.riacho.log.LogChunk;
import java.util.ArrayList;
import java.util.List;

/** A chunk of records that were never in a log. */
final class ListChunk extends LogChunk {

    private final List<Entry> entries = new ArrayList<>();
    private int at = -1;

    private record Entry(long offset, long timestamp, byte[] array, int keyLength, long keyId) {}

    /** @param keyId of the key that the record was encrypted with, or {@link #NO_KEY} */
    ListChunk add(long offset, long timestamp, byte[] key, byte[] data, long keyId) {
        byte[] array = new byte[1 + key.length + data.length];
        System.arraycopy(key, 0, array, 1, key.length);
        System.arraycopy(data, 0, array, 1 + key.length, data.length);
        entries.add(new Entry(offset, timestamp, array, key.length, keyId));
        return this;
    }

    @Override
    public boolean next() {
        return ++at < entries.size();
    }

    @Override
    public long offset() {
        return entries.get(at).offset();
    }

    @Override
    public long timestamp() {
        return entries.get(at).timestamp();
    }

    @Override
    public long keyId() {
        return entries.get(at).keyId();
    }

    @Override
    public byte[] array() {
        return entries.get(at).array();
    }

    @Override
    public int keyPosition() {
        return 1;
    }

    @Override
    public int keyLength() {
        return entries.get(at).keyLength();
    }

    @Override
    public int dataPosition() {
        return 1 + keyLength();
    }

    @Override
    public int dataLength() {
        return array().length - dataPosition();
    }

    @Override
    public long nextOffset() {
        return entries.isEmpty() ? 0 : entries.getLast().offset() + 1;
    }
}
