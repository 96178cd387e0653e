package io.riacho.firehose.deliverystream;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;

/** Finds the roles that a request names, however deep. */
final class Roles {

    private static final String MEMBER = "RoleARN";
    private static final String PARAMETER = "RoleArn";

    private Roles() {}

    static Set<String> namedIn(SdkPojo request) {
        Set<String> roles = new TreeSet<>();
        collect(request, roles);
        return roles;
    }

    private static void collect(@Nullable Object value, Set<String> roles) {
        switch (value) {
            case ProcessorParameter parameter
            when PARAMETER.equals(parameter.parameterNameAsString()) -> roles.add(parameter.parameterValue());
            case SdkPojo structure -> {
                for (SdkField<?> field : structure.sdkFields()) {
                    Object member = field.getValueOrDefault(structure);
                    if (member instanceof String role && field.locationName().equals(MEMBER)) {
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
