package io.riacho.protocol;

import software.amazon.awssdk.core.SdkPojo;

/**
 * Knows what the operations of an API need to be allowed. Called before the operation, once its input is known to be
 * well-formed. It calls {@link RequestContext#require} or {@link RequestContext#requireNothing}; where it calls neither,
 * the operation has to: no request is answered that nobody decided on.
 */
@FunctionalInterface
public interface OperationAccess {

    void check(String operation, SdkPojo input, RequestContext context);
}
