package io.riacho.auth.iam.access;

import io.riacho.auth.iam.CallerNames;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.identity.IamArns;
import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Each operation is one action of the same name, on the user, group, role, policy or provider that it names; some are
 * about nothing in particular. What is not there yet, or not any more, is asked for by the ARN that it would have.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html">
 *     actions, resources and condition keys for IAM</a>
 */
public final class IamAccess implements OperationAccess {

    private static final String PREFIX = "iam:";

    /** About the caller where they name no user. */
    private static final Set<String> OWN = Set.of(
            "GetUser",
            "CreateAccessKey",
            "ListAccessKeys",
            "UpdateAccessKey",
            "DeleteAccessKey",
            "CreateLoginProfile",
            "GetLoginProfile",
            "DeleteLoginProfile");

    private static final Set<String> GENERAL = Set.of(
            "GetAccountSummary",
            "GetAccountAuthorizationDetails",
            "ListAccountAliases",
            "ListOpenIDConnectProviders",
            "SimulateCustomPolicy",
            "GetContextKeysForCustomPolicy");

    /** They set a boundary; others are told the one that is set. */
    private static final Set<String> SET_BOUNDARY =
            Set.of("CreateUser", "CreateRole", "PutUserPermissionsBoundary", "PutRolePermissionsBoundary");

    private final AccessFacts facts;
    private final IamArns arns;

    public IamAccess(AccessFacts facts, IamArns arns) {
        this.facts = facts;
        this.arns = arns;
    }

    @Override
    public void check(String operation, SdkPojo input, RequestContext context) {
        SdkRequest request = (SdkRequest) input;
        switch (operation) {
            case "ListUsers" -> requireList(context, operation, "user", request);
            case "ListGroups" -> requireList(context, operation, "group", request);
            case "ListRoles" -> requireList(context, operation, "role", request);
            case "ListPolicies" -> requireList(context, operation, "policy", request);
            case "CreateUser" -> requireCreate(context, operation, EntityKind.USER, text(request, "UserName"), request);
            case "CreateGroup" ->
                requireCreate(context, operation, EntityKind.GROUP, text(request, "GroupName"), request);
            case "CreateRole" -> requireCreate(context, operation, EntityKind.ROLE, text(request, "RoleName"), request);
            case "CreatePolicy" ->
                requireTagged(
                        context,
                        operation,
                        "TagPolicy",
                        arns.ofPolicy(false, path(request), required(request, "PolicyName")),
                        request);
            case "CreateOpenIDConnectProvider" ->
                requireTagged(
                        context,
                        operation,
                        "TagOpenIDConnectProvider",
                        arns.ofOidcProvider(withoutScheme(required(request, "Url"))),
                        request);
            // Whoever is no user is told so by the operation.
            case "ChangePassword" ->
                context.require(Permission.of(PREFIX + operation, context.principalArn(), arns.accountId()));
            case "GetAccessKeyLastUsed" -> requireKeyOwner(context, operation, request);
            case "SimulatePrincipalPolicy", "GetContextKeysForPrincipalPolicy" ->
                require(context, operation, facts.ofArn(required(request, "PolicySourceArn")), request);
            case "UpdateUser" ->
                requireRename(
                        context, operation, EntityKind.USER, required(request, "UserName"), "NewUserName", request);
            case "UpdateGroup" ->
                requireRename(
                        context, operation, EntityKind.GROUP, required(request, "GroupName"), "NewGroupName", request);
            default -> requireNamed(context, operation, request);
        }
    }

    /** By the first of the members that name things of IAM. */
    private void requireNamed(RequestContext context, String operation, SdkRequest request) {
        if (GENERAL.contains(operation)) {
            context.require(Permission.of(PREFIX + operation, "*", arns.accountId()));
        } else if (text(request, "GroupName") != null) {
            require(context, operation, facts.of(EntityKind.GROUP, required(request, "GroupName")), request);
        } else if (text(request, "RoleName") != null) {
            require(context, operation, facts.of(EntityKind.ROLE, required(request, "RoleName")), request);
        } else if (text(request, "UserName") != null || OWN.contains(operation)) {
            requireOnUser(context, operation, request);
        } else if (text(request, "OpenIDConnectProviderArn") != null) {
            require(context, operation, facts.ofArn(required(request, "OpenIDConnectProviderArn")), request);
        } else {
            require(context, operation, facts.ofArn(required(request, "PolicyArn")), request);
        }
    }

    private void requireOnUser(RequestContext context, String operation, SdkRequest request) {
        String name = text(request, "UserName");
        if (name == null && context.caller().isRoot()) {
            context.require(Permission.of(PREFIX + operation, context.principalArn(), arns.accountId()));
            return;
        }
        require(context, operation, facts.of(EntityKind.USER, CallerNames.orOwn(name, context.caller())), request);
    }

    private void requireKeyOwner(RequestContext context, String operation, SdkRequest request) {
        // A key that is not there is nobody's in particular.
        AccessFacts.Target target = facts.ofKeyOwner(required(request, "AccessKeyId"))
                .orElse(new AccessFacts.Target(arns.of("user/*"), Map.of(), null));
        require(context, operation, target, request);
    }

    private void requireCreate(
            RequestContext context, String operation, EntityKind kind, @Nullable String name, SdkRequest request) {
        String tagging = kind == EntityKind.ROLE ? "TagRole" : "TagUser";
        requireTagged(context, operation, tagging, arns.of(kind, path(request), String.valueOf(name)), request);
    }

    /** Tags that are given when something is made have to be allowed as if they were given later. */
    private void requireTagged(
            RequestContext context, String operation, String tagging, String arn, SdkRequest request) {
        AccessFacts.Target target = new AccessFacts.Target(arn, Map.of(), null);
        if (!list(request, "Tags").isEmpty()) {
            require(context, tagging, target, request);
        }
        require(context, operation, target, request);
    }

    /** Who renames or moves something has to be allowed to change it under both names. */
    private void requireRename(
            RequestContext context,
            String operation,
            EntityKind kind,
            String name,
            String newNameMember,
            SdkRequest request) {
        AccessFacts.Target target = facts.of(kind, name);
        require(context, operation, target, request);
        String newName = text(request, newNameMember);
        String newPath = text(request, "NewPath");
        if (newName != null || newPath != null) {
            String oldPath =
                    arns.entity(target.arn()).map(IamArns.EntityName::path).orElse("/");
            String arn = arns.of(kind, newPath == null ? oldPath : newPath, newName == null ? name : newName);
            require(context, operation, new AccessFacts.Target(arn, target.tags(), target.boundary()), request);
        }
    }

    private void requireList(RequestContext context, String operation, String type, SdkRequest request) {
        String prefix = text(request, "PathPrefix");
        context.require(
                Permission.of(PREFIX + operation, arns.of(type + (prefix == null ? "/" : prefix)), arns.accountId()));
    }

    private void require(RequestContext context, String operation, AccessFacts.Target target, SdkRequest request) {
        Map<String, List<String>> keys = new HashMap<>();
        target.tags().forEach((key, value) -> {
            String name = key.toLowerCase(Locale.ROOT);
            keys.put("aws:resourcetag/" + name, List.of(value));
            keys.put("iam:resourcetag/" + name, List.of(value));
        });
        RequestTags.addTo(keys, list(request, "Tags"), list(request, "TagKeys"));
        if (operation.startsWith("Attach") || operation.startsWith("Detach")) {
            keys.put("iam:policyarn", List.of(required(request, "PolicyArn")));
        }
        String boundary = SET_BOUNDARY.contains(operation) ? text(request, "PermissionsBoundary") : target.boundary();
        if (boundary != null) {
            keys.put("iam:permissionsboundary", List.of(boundary));
        }
        context.require(new Permission(PREFIX + operation, target.arn(), arns.accountId(), keys, null, false));
    }

    private static String withoutScheme(String url) {
        int scheme = url.indexOf("://");
        return scheme < 0 ? url : url.substring(scheme + 3);
    }

    private static String path(SdkRequest request) {
        String path = text(request, "Path");
        return path == null ? "/" : path;
    }

    private static String required(SdkRequest request, String member) {
        String text = text(request, member);
        if (text == null) {
            throw IamErrors.validation("The request must contain the parameter " + member + ".");
        }
        return text;
    }

    private static @Nullable String text(SdkRequest request, String member) {
        return request.getValueForField(member, String.class).orElse(null);
    }

    private static List<?> list(SdkRequest request, String member) {
        return request.getValueForField(member, List.class).orElse(List.of());
    }
}
