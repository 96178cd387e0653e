package io.riacho.benchmarks.jmh;

import io.riacho.benchmarks.load.Encoding;
import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.KinesisLoad;
import io.riacho.benchmarks.load.KinesisRequests;
import io.riacho.benchmarks.load.Records;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.protocol.signature.RequestHead;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** A PutRecords of 500 × 1 KiB as it arrives: its head, and its body. */
final class SignedPutRecords implements RequestHead, WireRequest {

    static final Endpoint ENDPOINT = new Endpoint(
            URI.create("http://127.0.0.1:4566"),
            "AKIARIACHOBENCHMARKS",
            "benchmarks-secret-access-key-of-40-chars",
            "us-east-1");
    static final String ACCOUNT = "000000000000";

    private final Map<String, String> headers;
    private final byte[] body;
    private final WireFormat format;

    private SignedPutRecords(Map<String, String> headers, byte[] body, WireFormat format) {
        this.headers = headers;
        this.body = body;
        this.format = format;
    }

    static SignedPutRecords in(WireFormat format) {
        Encoding encoding = format == WireFormat.CBOR ? Encoding.CBOR : Encoding.JSON;
        ByteBuffer bytes = new KinesisRequests(ENDPOINT, encoding)
                .putRecords("benchmark", new Records().next(KinesisLoad.BATCH))
                .bytes()
                .duplicate();
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        int end = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        Map<String, String> headers = new String(all, 0, end, StandardCharsets.ISO_8859_1)
                .lines()
                .skip(1)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line -> line.substring(line.indexOf(':') + 2)));
        byte[] body = new byte[all.length - end - 4];
        System.arraycopy(all, end + 4, body, 0, body.length);
        return new SignedPutRecords(headers, body, format);
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<String> headers(String name) {
        String value = header(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public RequestContext context() {
        return new RequestContext(
                "request",
                "us-east-1",
                Caller.root(ACCOUNT),
                new Connection("127.0.0.1", false, null, null, null),
                (_, _) -> {
                    throw new UnsupportedOperationException("Nothing is authorised here");
                });
    }

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public int bodyPosition() {
        return 0;
    }

    @Override
    public int bodyLength() {
        return body.length;
    }

    @Override
    public <T extends SdkPojo> T decode(Class<T> shape) {
        throw new UnsupportedOperationException("The record path decodes by hand");
    }
}
