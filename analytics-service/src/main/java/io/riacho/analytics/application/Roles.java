package io.riacho.analytics.application;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Finds the roles that a request or a definition names, however deep, in the order of its members. */
public final class Roles {

    private static final Set<String> MEMBERS = Set.of(
            "RoleARN",
            "RoleARNUpdate",
            "ServiceExecutionRole",
            "ServiceExecutionRoleUpdate",
            "ReferenceRoleARN",
            "ReferenceRoleARNUpdate");

    private Roles() {}

    static Set<String> namedIn(SdkPojo request) {
        Set<String> roles = new LinkedHashSet<>();
        collect(request, roles);
        return roles;
    }

    /** The roles that a job of it acts as; the application's own, where it has one, is the first. */
    public static List<String> of(Definition definition) {
        Set<String> roles = new LinkedHashSet<>();
        if (definition.role() != null) {
            roles.add(definition.role());
        }
        collect(definition.sql(), roles);
        return List.copyOf(roles);
    }

    private static void collect(@Nullable Object value, Set<String> roles) {
        switch (value) {
            case SdkPojo structure -> {
                for (SdkField<?> field : structure.sdkFields()) {
                    Object member = field.getValueOrDefault(structure);
                    if (member instanceof String role && MEMBERS.contains(field.locationName())) {
                        roles.add(role);
                    } else {
                        collect(member, roles);
                    }
                }
            }
            case Collection<?> list -> list.forEach(element -> collect(element, roles));
            case null, default -> {}
        }
    }
}
