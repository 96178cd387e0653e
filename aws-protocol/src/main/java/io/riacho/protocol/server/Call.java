package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireOperation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A request in one of the protocols, as {@link AwsDispatcher} has to know it: the protocols differ in when they know the
 * operation, and in how they read and write. Its methods are called in their order, by one thread.
 */
sealed interface Call permits TargetCall, QueryCall, RpcCall {

    HttpServletRequest request();

    String requestId();

    Answer answer();

    /**
     * The name that the request has to be signed for.
     *
     * @throws io.riacho.protocol.AwsException where the protocol serves no such API
     */
    String service();

    /** Whether the request may be one that needs no signature. */
    boolean mayBeUnsigned();

    /** Whether its body may be compressed, once it is known which API is asked for. */
    boolean mayBeCompressed();

    /** The most bytes that its body may have, compressed or not, however it is authenticated. */
    int maxBody();

    /**
     * The operation that is asked for.
     *
     * @param body valid until the request is answered
     * @throws io.riacho.protocol.AwsException where there is none
     */
    Operation find(Body body);

    /**
     * Reads the operation's input, without checking the model's constraints.
     *
     * @throws io.riacho.protocol.AwsException where it cannot be read
     */
    <T extends SdkPojo> T read(Class<T> shape);

    /** Leaves reading and answering to the operation. */
    void serve(WireOperation operation, RequestContext context) throws IOException;

    /** The operation that is asked for, once it is known. */
    @Nullable
    Operation operation();

    /** What was asked for, for the server's own log. */
    String name();
}
