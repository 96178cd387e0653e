package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.protocol.shape.ShapeReader;
import software.amazon.awssdk.core.SdkPojo;

/** An authenticated request for an operation. */
record Asked(Operation operation, RequestContext context, WireFormat format, Body content, ShapeReader reader)
        implements WireRequest {

    @Override
    public byte[] body() {
        return content.array();
    }

    @Override
    public int bodyPosition() {
        return 0;
    }

    @Override
    public int bodyLength() {
        return content.length();
    }

    @Override
    public <T extends SdkPojo> T decode(Class<T> shape) {
        T input = reader.read(shape, format, content.array(), 0, content.length());
        operation.constraints().check(operation.name(), input);
        return input;
    }
}
