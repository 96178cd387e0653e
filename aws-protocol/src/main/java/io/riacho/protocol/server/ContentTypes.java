package io.riacho.protocol.server;

import io.riacho.protocol.WireFormat;
import org.jspecify.annotations.Nullable;

/** The content types that name a format. */
final class ContentTypes {

    private static final String JSON = "application/x-amz-json-1.1";
    private static final String JSON_1_0 = "application/x-amz-json-1.0";
    private static final String CBOR = "application/x-amz-cbor-1.1";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Of Smithy's RPC v2 CBOR protocol. */
    static final String RPC = "application/cbor";

    private ContentTypes() {}

    static @Nullable WireFormat formatOf(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        String type = withoutParameters(contentType);
        if (type.equalsIgnoreCase(CBOR)) {
            return WireFormat.CBOR;
        }
        return type.equalsIgnoreCase(JSON) || type.equalsIgnoreCase(JSON_1_0) ? WireFormat.JSON : null;
    }

    /** Whether it is the one of the older JSON protocol. */
    static boolean isJson10(@Nullable String contentType) {
        return contentType != null && withoutParameters(contentType).equalsIgnoreCase(JSON_1_0);
    }

    static String ofJson10() {
        return JSON_1_0;
    }

    /** Whether it is the one of Smithy's RPC v2 CBOR protocol. */
    static boolean isRpc(@Nullable String contentType) {
        return contentType != null && withoutParameters(contentType).equalsIgnoreCase(RPC);
    }

    /** Whether it is the one of the Query protocol's requests. */
    static boolean isForm(@Nullable String contentType) {
        return contentType != null && withoutParameters(contentType).equalsIgnoreCase(FORM);
    }

    static String of(WireFormat format) {
        return switch (format) {
            case JSON -> JSON;
            case CBOR -> CBOR;
        };
    }

    private static String withoutParameters(String contentType) {
        int semicolon = contentType.indexOf(';');
        return semicolon < 0 ? contentType : contentType.substring(0, semicolon).strip();
    }
}
