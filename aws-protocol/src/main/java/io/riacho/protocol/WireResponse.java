package io.riacho.protocol;

import java.io.IOException;
import java.io.OutputStream;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The answer to a {@link WireRequest}: one call of {@link #send}, a body written by hand, or one that is written when the
 * operation has returned.
 */
public interface WireResponse {

    /** Answers 200 with the SDK's model class in the request's format. */
    void send(SdkPojo answer) throws IOException;

    /**
     * Answers 200 with a body of the given length in the request's format, which the caller then writes.
     *
     * @param length in bytes, or -1 where it is not known: the body is then sent in chunks
     */
    OutputStream body(long length) throws IOException;

    /**
     * Answers 200 with a body that is written once the operation has returned. An error that the operation throws before
     * is answered as any other.
     *
     * @param contentType of the body
     */
    void stream(String contentType, StreamedAnswer answer);
}
