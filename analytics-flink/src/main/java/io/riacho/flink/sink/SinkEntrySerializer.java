package io.riacho.flink.sink;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;

/** What waits to be sent, in checkpoints: key, failures, length and data of each record. */
final class SinkEntrySerializer extends AsyncSinkWriterStateSerializer<SinkEntry> {

    private static final int VERSION = 1;
    /** More than any record that a service takes. */
    private static final int LARGEST = 64 * 1024 * 1024;

    @Override
    protected void serializeRequestToStream(SinkEntry entry, DataOutputStream out) throws IOException {
        out.writeUTF(entry.key());
        out.writeInt(entry.failures());
        out.writeInt(entry.data().length);
        out.write(entry.data());
    }

    @Override
    protected SinkEntry deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
        String key = in.readUTF();
        int failures = in.readInt();
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("A record that waits to be sent has " + length + " bytes");
        }
        byte[] data = new byte[length];
        in.readFully(data);
        return new SinkEntry(key, data, failures);
    }

    @Override
    public int getVersion() {
        return VERSION;
    }
}
