package io.riacho.firehose.access;

import io.riacho.access.RoleCredentialsProvider;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Reads each source as the role that the delivery stream was given for it. */
public final class RoleSourceCredentials implements SourceCredentials {

    static final String PRINCIPAL = "firehose.amazonaws.com";

    private final AwsCredentialsProvider own;
    private final ServiceRoles roles;
    private final String accountId;
    private final InstantSource clock;

    /** @param accountId whose delivery streams they are */
    public RoleSourceCredentials(
            AwsCredentialsProvider own, ServiceRoles roles, String accountId, InstantSource clock) {
        this.own = own;
        this.roles = roles;
        this.accountId = accountId;
        this.clock = clock;
    }

    @Override
    public AwsCredentialsProvider own() {
        return own;
    }

    @Override
    public AwsCredentialsProvider of(DeliveryStream stream, String roleArn) {
        return new RoleCredentialsProvider(
                roles, roleArn, new ServiceSession(PRINCIPAL, stream.name(), stream.arn(), accountId), clock);
    }
}
