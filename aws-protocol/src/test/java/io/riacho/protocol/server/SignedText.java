package io.riacho.protocol.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Makes the text of HTTP/1.1 requests that the SDK's own signer has signed. */
final class SignedText {

    static final String JSON = "application/x-amz-json-1.1";
    static final String CBOR = "application/x-amz-cbor-1.1";

    private final int port;

    SignedText(int port) {
        this.port = port;
    }

    /** A request to an operation, with the length of its body and everything but the body itself. */
    String head(String operation, String contentType, byte[] body) {
        return head(operation, contentType, body, "Content-Length: " + body.length);
    }

    String head(String operation, String contentType, byte[] body, String moreHeaders) {
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\n");
        signed(operation, contentType, body)
                .headers()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append('\n')));
        return head.append(moreHeaders).append("\n\n").toString();
    }

    String head(String operation, String json) {
        return head(operation, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    private SdkHttpRequest signed(String operation, String contentType, byte[] body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://127.0.0.1:" + port + "/"))
                .putHeader("Host", "127.0.0.1:" + port)
                .putHeader("Content-Type", contentType)
                .putHeader("X-Amz-Target", "Kinesis_20131202." + operation)
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY))
                        .request(request)
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kinesis")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
        return Objects.requireNonNull(signed.request());
    }
}
