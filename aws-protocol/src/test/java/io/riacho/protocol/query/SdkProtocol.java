package io.riacho.protocol.query;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.protocols.query.internal.marshall.QueryProtocolMarshaller;
import software.amazon.awssdk.protocols.query.internal.unmarshall.QueryProtocolUnmarshaller;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** The SDK's own side of the protocol. */
final class SdkProtocol {

    private SdkProtocol() {}

    /** The body that the SDK sends for a request. */
    static byte[] marshalled(SdkPojo request) {
        var marshalled = QueryProtocolMarshaller.builder()
                .endpoint(URI.create("http://127.0.0.1"))
                .operationInfo(OperationInfo.builder()
                        .requestUri("/")
                        .httpMethod(SdkHttpMethod.POST)
                        .operationIdentifier("DoIt")
                        .apiVersion("2026-01-01")
                        .build())
                .build()
                .marshall(request);
        return SdkHttpUtils.encodeAndFlattenFormData(marshalled.rawQueryParameters())
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What the SDK makes of an answer. */
    static SdkPojo unmarshalled(SdkPojo builder, byte[] xml) {
        return QueryProtocolUnmarshaller.builder()
                .hasResultWrapper(true)
                .build()
                .<SdkPojo>unmarshall(
                        builder,
                        SdkHttpFullResponse.builder()
                                .statusCode(200)
                                .content(AbortableInputStream.create(new ByteArrayInputStream(xml)))
                                .build())
                .left();
    }
}
