package io.riacho.protocol.role;

/**
 * Gives a service the temporary credentials of a role that trusts it. Safe for use by many threads. May go over the
 * network: a caller keeps what it is given for as long as it is good.
 */
public interface ServiceRoles {

    /**
     * Begins a session of a role, of one hour.
     *
     * @throws RoleException where there is no such role or it does not trust the service, which are told alike, and where
     *     that cannot be found out now
     */
    RoleCredentials assume(String roleArn, ServiceSession session);
}
