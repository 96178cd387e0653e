package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.protocol.Arn;
import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Each operation of both APIs is one action of the same name, on the application that it names. To create one with tags is
 * to tag it, too; and to name a role is to pass it to Analytics.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisanalyticsv2.html">
 *     actions, resources and condition keys for Kinesis Analytics V2</a>
 */
public final class ApplicationAccess implements OperationAccess {

    private static final String PREFIX = "kinesisanalytics:";
    private static final Set<String> OF_NO_APPLICATION = Set.of("ListApplications", "DiscoverInputSchema");
    private static final Map<String, List<String>> TO_ANALYTICS =
            Map.of("iam:passedtoservice", List.of("kinesisanalytics.amazonaws.com"));

    private final Applications applications;

    public ApplicationAccess(Applications applications) {
        this.applications = applications;
    }

    @Override
    public void check(String operation, SdkPojo input, RequestContext context) {
        ApplicationNaming naming = applications.naming();
        if (OF_NO_APPLICATION.contains(operation)) {
            context.require(Permission.of(PREFIX + operation, "*", naming.accountId()));
        } else {
            String name = Shapes.member(input, "ApplicationName")
                    .map(Object::toString)
                    .orElseGet(() -> Shapes.member(input, "ResourceARN")
                            .map(arn -> naming.nameIn(arn.toString()))
                            .orElseThrow(() -> new IllegalArgumentException(operation + " names no application")));
            Map<String, List<String>> keys = tagKeys(input);
            context.require(permission(operation, name, keys));
            if (operation.equals("CreateApplication") && !keys.isEmpty()) {
                context.require(permission("TagResource", name, keys));
            }
        }
        for (String role : Roles.namedIn(input)) {
            requirePass(context, role);
        }
    }

    /**
     * Requires that the caller may do it with the application of that name, which need not exist: who may not ask about one
     * is not told whether it is there.
     */
    public void require(RequestContext context, String operation, String name) {
        context.require(permission(operation, name, Map.of()));
    }

    private void requirePass(RequestContext context, String role) {
        String account = Arn.parse(role).map(Arn::accountId).orElse("");
        if (!account.equals(applications.naming().accountId())) {
            throw AnalyticsErrors.accessDenied("Cross-account pass role is not allowed.");
        }
        context.require(new Permission("iam:PassRole", role, account, TO_ANALYTICS, null, false));
    }

    private Permission permission(String operation, String name, Map<String, List<String>> requestKeys) {
        Map<String, List<String>> keys = new HashMap<>(requestKeys);
        applications
                .find(name)
                .ifPresent(application -> application.tags()
                        .forEach((tag, value) ->
                                keys.put("aws:resourcetag/" + tag.toLowerCase(Locale.ROOT), List.of(value))));
        return new Permission(
                PREFIX + operation,
                applications.naming().arnOf(name),
                applications.naming().accountId(),
                keys,
                null,
                false);
    }

    private static Map<String, List<String>> tagKeys(SdkPojo request) {
        Map<String, List<String>> keys = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Object each : list(request, "Tags")) {
            SdkPojo tag = (SdkPojo) each;
            String key = Shapes.member(tag, "Key").map(Object::toString).orElse("");
            names.add(key);
            keys.put(
                    "aws:requesttag/" + key.toLowerCase(Locale.ROOT),
                    List.of(Shapes.member(tag, "Value").map(Object::toString).orElse("")));
        }
        for (Object name : list(request, "TagKeys")) {
            names.add(name.toString());
        }
        if (!names.isEmpty()) {
            keys.put("aws:tagkeys", names);
        }
        return keys;
    }

    private static Collection<?> list(SdkPojo request, String member) {
        return Shapes.member(request, member)
                .<Collection<?>>map(list -> (Collection<?>) list)
                .orElse(List.of());
    }
}
