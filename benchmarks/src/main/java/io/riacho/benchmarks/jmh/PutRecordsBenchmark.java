package io.riacho.benchmarks.jmh;

import io.riacho.protocol.Caller;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.signature.Authenticator;
import io.riacho.protocol.signature.RootSigningKeys;
import io.riacho.protocol.signature.SignatureAuthenticator;
import io.riacho.streams.record.PutDecoding;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a PutRecords of 500 × 1 KiB costs before the log has it: hash, signature, decoding. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PutRecordsBenchmark {

    @Param
    public WireFormat format = WireFormat.CBOR;

    private SignedPutRecords request = SignedPutRecords.in(WireFormat.CBOR);
    private final Authenticator authenticator = new SignatureAuthenticator(
            new RootSigningKeys(
                    SignedPutRecords.ENDPOINT.accessKeyId(),
                    SignedPutRecords.ENDPOINT.secretAccessKey(),
                    SignedPutRecords.ACCOUNT),
            SignedPutRecords.ENDPOINT.region(),
            Clock.systemUTC());
    private byte[] bodyHash = {};

    @Setup
    public void prepare() {
        request = SignedPutRecords.in(format);
        bodyHash = hashOfBody();
    }

    @Benchmark
    public byte[] hashOfBody() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(request.body());
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of SigV4 but the hash of the body. */
    @Benchmark
    public Caller signature() {
        return authenticator.claim(request, "kinesis").orElseThrow().verify(bodyHash);
    }

    @Benchmark
    public int decode() {
        return PutDecoding.putRecords(request);
    }
}
