package io.riacho.usage.rest;

import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;

/** Who may see what was used, and enter prices. */
public final class UsageAccess {

    private final String arn;
    private final String accountId;

    public UsageAccess(String region, String accountId) {
        this.arn = "arn:aws:riacho:" + region + ":" + accountId + ":usage";
        this.accountId = accountId;
    }

    void requireGet(RequestContext context) {
        context.require(Permission.of("riacho:GetUsage", arn, accountId));
    }

    void requirePutPrices(RequestContext context) {
        context.require(Permission.of("riacho:PutUsagePrices", arn, accountId));
    }
}
