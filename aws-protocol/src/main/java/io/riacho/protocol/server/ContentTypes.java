package io.riacho.protocol.server;

import io.riacho.protocol.WireFormat;
import org.jspecify.annotations.Nullable;

/** The content types that name a format. */
final class ContentTypes {

    private static final String JSON = "application/x-amz-json-1.1";
    private static final String CBOR = "application/x-amz-cbor-1.1";

    private ContentTypes() {}

    static @Nullable WireFormat formatOf(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0
                ? contentType
                : contentType.substring(0, semicolon).strip();
        if (type.equalsIgnoreCase(CBOR)) {
            return WireFormat.CBOR;
        }
        return type.equalsIgnoreCase(JSON) ? WireFormat.JSON : null;
    }

    static String of(WireFormat format) {
        return switch (format) {
            case JSON -> JSON;
            case CBOR -> CBOR;
        };
    }
}
