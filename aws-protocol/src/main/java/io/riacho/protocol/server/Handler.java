package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireOperation;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Who serves an operation. */
sealed interface Handler {

    /** Reads and writes the wire itself. */
    record OnWire(WireOperation operation) implements Handler {}

    /**
     * A method of a service.
     *
     * @param handle of type {@code (SdkPojo, RequestContext) -> Object}
     * @param hasOutput whether the model gives the answer a body
     */
    record OnMethod(MethodHandle handle, Class<? extends SdkPojo> input, boolean hasOutput) implements Handler {

        @Nullable
        Object call(SdkPojo request, RequestContext context) throws Throwable {
            return (@Nullable Object) handle.invokeExact(request, context);
        }
    }

    /** The model knows the operation, the service does not offer it. */
    record Nobody() implements Handler {}
}
