package io.riacho.protocol;

/**
 * Who asks, and in which request.
 *
 * @param requestId the id that the answer carries
 * @param accountId the twelve digits of the caller's account
 * @param region the region that this server stands for
 * @param principalArn the authenticated caller
 */
public record RequestContext(String requestId, String accountId, String region, String principalArn) {}
