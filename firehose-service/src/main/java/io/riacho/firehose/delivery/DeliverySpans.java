package io.riacho.firehose.delivery;

import io.riacho.firehose.directput.PutSpans;
import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.util.List;

/** Begins the traces of what is done with records behind their puts, and links these to them. Safe for use by many threads. */
public final class DeliverySpans {

    private static final String STREAM = "riacho.delivery_stream";
    private static final String SHARD = "riacho.shard";
    private static final String RECORDS = "riacho.records";

    private final Tracing tracing;
    private final PutSpans puts;

    public DeliverySpans(Tracing tracing, PutSpans puts) {
        this.tracing = tracing;
        this.puts = puts;
    }

    /** Records are given to the functions and queries of their delivery stream. */
    OpenSpan process(StreamSetup setup, List<SourceRecord> records) {
        if (!tracing.isOn()) {
            return OpenSpan.NONE;
        }
        return tracing.begin("process", puts.of(setup.id(), records))
                .with(STREAM, setup.name().name())
                .with(SHARD, records.getFirst().shard())
                .with(RECORDS, records.size());
    }

    /** What was cut is delivered. */
    OpenSpan deliver(StreamSetup setup, String shard, Cut cut, Intent intent) {
        if (!tracing.isOn()) {
            return OpenSpan.NONE;
        }
        List<SourceRecord> records =
                cut.records().stream().map(entry -> entry.record().source()).toList();
        return tracing.begin("deliver", puts.of(setup.id(), records))
                .with(STREAM, setup.name().name())
                .with(SHARD, shard)
                .with(RECORDS, records.size())
                .with("riacho.delivery", intent.id().toString())
                .with("riacho.lane", cut.lane().kind().name());
    }

    /** One try to bring it to where it is to go. */
    OpenSpan write(String to) {
        return tracing.call("write").with("riacho.destination", to);
    }
}
