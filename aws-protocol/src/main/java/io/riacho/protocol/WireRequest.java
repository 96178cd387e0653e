package io.riacho.protocol;

import software.amazon.awssdk.core.SdkPojo;

/** An authenticated request whose body was read whole, and not decoded yet. */
public interface WireRequest {

    RequestContext context();

    WireFormat format();

    /** The array that holds the body. Valid until the operation returns; not to be changed. */
    byte[] body();

    int bodyPosition();

    int bodyLength();

    /**
     * Decodes the body into the SDK's model class and checks the model's constraints, as for any other operation.
     *
     * @param shape the class of the operation's input, such as {@code PutRecordsRequest}
     * @throws AwsException SerializationException or ValidationException
     */
    <T extends SdkPojo> T decode(Class<T> shape);
}
