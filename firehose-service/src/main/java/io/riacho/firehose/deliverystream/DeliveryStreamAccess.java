package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.Arn;
import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.firehose.model.Tag;

/**
 * Each operation is one action of the same name, on the delivery stream that it names. To create one with tags is to tag
 * it, too; and to name a role is to pass it to Firehose.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisfirehose.html">
 *     actions, resources and condition keys for Firehose</a>
 */
public final class DeliveryStreamAccess implements OperationAccess {

    private static final String PREFIX = "firehose:";
    private static final Map<String, List<String>> TO_FIREHOSE =
            Map.of("iam:passedtoservice", List.of("firehose.amazonaws.com"));

    private final DeliveryStreams streams;

    public DeliveryStreamAccess(DeliveryStreams streams) {
        this.streams = streams;
    }

    @Override
    public void check(String operation, SdkPojo input, RequestContext context) {
        if (operation.equals("ListDeliveryStreams")) {
            context.require(
                    Permission.of(PREFIX + operation, "*", streams.naming().accountId()));
            return;
        }
        SdkRequest request = (SdkRequest) input;
        String name = request.getValueForField("DeliveryStreamName", String.class)
                .orElseThrow(() -> new IllegalArgumentException(operation + " names no delivery stream"));
        Map<String, List<String>> keys = tagKeys(request);
        context.require(permission(operation, name, keys));
        if (operation.equals("CreateDeliveryStream") && !keys.isEmpty()) {
            context.require(permission("TagDeliveryStream", name, keys));
        }
        for (String role : Roles.namedIn(input)) {
            requirePass(context, role);
        }
    }

    /**
     * Requires that the caller may do it with the delivery stream of that name, which need not exist: who may not ask
     * about one is not told whether it is there.
     */
    public void require(RequestContext context, String operation, String name) {
        context.require(permission(operation, name, Map.of()));
    }

    private void requirePass(RequestContext context, String role) {
        String account = Arn.parse(role).map(Arn::accountId).orElse("");
        if (!account.equals(streams.naming().accountId())) {
            throw FirehoseErrors.accessDenied("Cross-account pass role is not allowed.");
        }
        context.require(new Permission("iam:PassRole", role, account, TO_FIREHOSE, null, false));
    }

    private Permission permission(String operation, String name, Map<String, List<String>> requestKeys) {
        Map<String, List<String>> keys = new HashMap<>(requestKeys);
        streams.find(name)
                .ifPresent(stream -> stream.tags()
                        .forEach((tag, value) ->
                                keys.put("aws:resourcetag/" + tag.toLowerCase(Locale.ROOT), List.of(value))));
        return new Permission(
                PREFIX + operation,
                streams.naming().arnOf(name),
                streams.naming().accountId(),
                keys,
                null,
                false);
    }

    private static Map<String, List<String>> tagKeys(SdkRequest request) {
        Map<String, List<String>> keys = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Object tag : request.getValueForField("Tags", List.class).orElse(List.of())) {
            Tag one = (Tag) tag;
            names.add(one.key());
            keys.put(
                    "aws:requesttag/" + one.key().toLowerCase(Locale.ROOT),
                    List.of(one.value() == null ? "" : one.value()));
        }
        for (Object name : request.getValueForField("TagKeys", List.class).orElse(List.of())) {
            names.add(name.toString());
        }
        if (!names.isEmpty()) {
            keys.put("aws:tagkeys", names);
        }
        return keys;
    }
}
