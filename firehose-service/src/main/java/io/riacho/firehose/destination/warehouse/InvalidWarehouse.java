package io.riacho.firehose.destination.warehouse;

import io.riacho.protocol.AwsException;

/** The error of a configuration that cannot be honoured. */
public final class InvalidWarehouse {

    private InvalidWarehouse() {}

    public static AwsException of(String text) {
        return AwsException.badRequest("InvalidArgumentException", text);
    }
}
