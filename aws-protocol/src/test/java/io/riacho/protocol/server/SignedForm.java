package io.riacho.protocol.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Makes the text of Query requests that the SDK's own signer has signed. */
final class SignedForm {

    static final String TYPE = "application/x-www-form-urlencoded; charset=utf-8";

    private final int port;
    private final String service;
    private final String region;

    SignedForm(int port, String service, String region) {
        this.port = port;
        this.service = service;
        this.region = region;
    }

    /** A POST of the form, whole. */
    String post(String form) {
        return post(form, TYPE);
    }

    String post(String form, String contentType) {
        return text(
                request(SdkHttpMethod.POST, "")
                        .putHeader("Content-Type", contentType)
                        .build(),
                form,
                "POST");
    }

    String get(String query) {
        return text(request(SdkHttpMethod.GET, query).build(), "", "GET");
    }

    /** The path of a GET that carries its signature in its query. */
    String presigned(String query) {
        SdkHttpRequest signed = sign(
                SignRequest.builder(identity())
                        .request(request(SdkHttpMethod.GET, query).build())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(1)),
                "");
        return "/?" + signed.encodedQueryParameters().orElseThrow();
    }

    private String text(SdkHttpRequest request, String form, String method) {
        SdkHttpRequest signed = sign(SignRequest.builder(identity()).request(request), form);
        String query = signed.encodedQueryParameters()
                .map(parameters -> "?" + parameters)
                .orElse("");
        StringBuilder text = new StringBuilder(method + " /" + query + " HTTP/1.1\n");
        signed.headers()
                .forEach((name, values) -> values.forEach(
                        value -> text.append(name).append(": ").append(value).append('\n')));
        int length = form.getBytes(StandardCharsets.ISO_8859_1).length;
        return text.append("Content-Length: ")
                .append(length)
                .append("\n\n")
                .append(form)
                .toString();
    }

    private SdkHttpRequest sign(SignRequest.Builder<AwsCredentialsIdentity> sign, String form) {
        return Objects.requireNonNull(AwsV4HttpSigner.create()
                .sign(sign.payload(ContentStreamProvider.fromByteArray(form.getBytes(StandardCharsets.ISO_8859_1)))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .build())
                .request());
    }

    private SdkHttpRequest.Builder request(SdkHttpMethod method, String query) {
        return SdkHttpRequest.builder()
                .method(method)
                .uri(URI.create("http://127.0.0.1:" + port + "/" + (query.isEmpty() ? "" : "?" + query)))
                .putHeader("Host", "127.0.0.1:" + port);
    }

    private static AwsCredentialsIdentity identity() {
        return AwsCredentialsIdentity.create(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY);
    }
}
