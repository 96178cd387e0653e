package io.riacho.metrics.cloudwatch;

import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;

/**
 * What callers need to be allowed: the action on all resources, because metrics have no ARNs.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html">Actions,
 *     resources, and condition keys for Amazon CloudWatch</a>
 */
public final class CloudWatchAccess implements OperationAccess {

    @Override
    public void check(String operation, SdkPojo input, RequestContext context) {
        Map<String, List<String>> keys = input instanceof PutMetricDataRequest put
                ? Map.of("cloudwatch:namespace", List.of(put.namespace()))
                : Map.of();
        context.require(new Permission("cloudwatch:" + operation, "*", context.accountId(), keys, null, false));
    }
}
