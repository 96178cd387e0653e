package io.riacho.auth.sts;

import io.riacho.auth.identity.Identities;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who somebody is. */
public final class CallerOperations {

    private final Identities identities;

    public CallerOperations(Identities identities) {
        this.identities = identities;
    }

    /** Needs no permission, not even one that is denied. */
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request, RequestContext context) {
        context.requireNothing();
        Caller caller = context.caller();
        return GetCallerIdentityResponse.builder()
                .userId(caller.userId())
                .account(caller.accountId())
                .arn(caller.arn())
                .build();
    }

    /** Of keys of users only: of temporary ones nothing is kept. */
    public GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest request, RequestContext context) {
        context.require(Permission.of("sts:GetAccessKeyInfo", "*", context.accountId()));
        return identities
                .keyOwner(request.accessKeyId())
                .map(owner -> GetAccessKeyInfoResponse.builder()
                        .account(owner.accountId())
                        .build())
                .orElseThrow(() -> StsErrors.invalid("No active access key of a user has this id"));
    }
}
