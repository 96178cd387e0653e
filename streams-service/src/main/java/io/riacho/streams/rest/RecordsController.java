package io.riacho.streams.rest;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestBody;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.rest.RecordForms.Iterator;
import io.riacho.streams.rest.RecordForms.NewIterator;
import io.riacho.streams.rest.RecordForms.PutResult;
import io.riacho.streams.rest.RecordForms.PutResults;
import io.riacho.streams.shard.ShardIds;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import tools.jackson.core.JsonGenerator;

/** Putting records, and reading them by iterator. */
@RestController
@RequestMapping("/v1")
public final class RecordsController {

    private static final int USUAL_LIMIT = 1000;

    private final KinesisCalls kinesis;
    private final ShardIterators iterators;

    public RecordsController(KinesisCalls kinesis, ShardIterators iterators) {
        this.kinesis = kinesis;
        this.iterators = iterators;
    }

    @PostMapping(
            path = "/streams/{name}/records",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    PutResults putMany(@PathVariable String name, RestBody body, RequestContext context) {
        return PutResults.of(kinesis.call(
                PutRecordsRequest.builder()
                        .streamName(name)
                        .records(PutForm.read(body))
                        .build(),
                PutRecordsResponse.class,
                context));
    }

    /** One record: the body is its data. */
    @PostMapping(
            path = "/streams/{name}/records",
            consumes = "!" + MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    PutResult putOne(
            @PathVariable String name,
            @RequestParam(name = "partitionKey") @Nullable String keyInQuery,
            @RequestHeader(name = "Partition-Key", required = false) @Nullable String keyInHeader,
            @RequestParam(name = "explicitHashKey") @Nullable String hashInQuery,
            @RequestHeader(name = "Explicit-Hash-Key", required = false) @Nullable String hashInHeader,
            RestBody body,
            RequestContext context) {
        return PutResult.of(kinesis.call(
                PutRecordRequest.builder()
                        .streamName(name)
                        .partitionKey(keyInQuery != null ? keyInQuery : keyInHeader)
                        .explicitHashKey(hashInQuery != null ? hashInQuery : hashInHeader)
                        .data(SdkBytes.fromByteArrayUnsafe(Arrays.copyOf(body.array(), body.length())))
                        .build(),
                PutRecordResponse.class,
                context));
    }

    @PostMapping(
            path = "/streams/{name}/shards/{shardId}/iterators",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Iterator iterator(@PathVariable String name, @PathVariable String shardId, RestBody body, RequestContext context) {
        NewIterator wanted = RestJson.read(body, NewIterator.class);
        GetShardIteratorResponse made = kinesis.call(
                GetShardIteratorRequest.builder()
                        .streamName(name)
                        .shardId(shardId)
                        .shardIteratorType(wanted.type())
                        .startingSequenceNumber(wanted.sequenceNumber())
                        .timestamp(wanted.timestamp())
                        .build(),
                GetShardIteratorResponse.class,
                context);
        return new Iterator(PathTokens.toPath(made.shardIterator()));
    }

    @GetMapping(path = "/iterators/{iterator}/records", produces = MediaType.APPLICATION_JSON_VALUE)
    void read(
            @PathVariable String iterator,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String as,
            RequestContext context,
            HttpServletResponse response)
            throws IOException {
        RecordFormat format = RecordFormat.of(as);
        String text = PathTokens.fromPath(iterator);
        GetRecordsResponse records = kinesis.call(
                GetRecordsRequest.builder()
                        .shardIterator(text)
                        .limit(limit == null ? USUAL_LIMIT : limit)
                        .build(),
                GetRecordsResponse.class,
                context);
        String shardId = ShardIds.format(iterators.take(text).shardIndex());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (JsonGenerator out = RestJson.MAPPER.createGenerator(response.getOutputStream())) {
            write(out, records, shardId, format);
        }
    }

    private static void write(JsonGenerator out, GetRecordsResponse records, String shardId, RecordFormat format) {
        out.writeStartObject();
        out.writeName("records");
        out.writeStartArray();
        for (Record record : records.records()) {
            format.write(out, shardId, record);
        }
        out.writeEndArray();
        out.writeNumberProperty("millisBehindLatest", records.millisBehindLatest());
        if (records.nextShardIterator() != null) {
            out.writeStringProperty("nextIterator", PathTokens.toPath(records.nextShardIterator()));
        }
        if (!records.childShards().isEmpty()) {
            out.writeName("childShards");
            out.writeStartArray();
            for (ChildShard child : records.childShards()) {
                out.writeString(child.shardId());
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }
}
