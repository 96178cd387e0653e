package io.riacho.protocol.authorization;

import io.riacho.policy.Decision;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;

/** What AWS answers to a caller that may not do what it asks for. */
final class AccessErrors {

    private AccessErrors() {}

    static AwsException denied(Caller caller, Permission permission, Decision decision) {
        String on = permission.resource().equals("*") ? "" : " on resource: " + permission.resource();
        return AwsException.badRequest(
                "AccessDeniedException",
                "User: " + caller.arn() + " is not authorized to perform: " + permission.action() + on + " "
                        + decision.reason());
    }
}
