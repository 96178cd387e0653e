package io.riacho.protocol.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The members of a structure, in the model's order. */
final class StructureCheck implements Check {

    /** Set once, after the structure itself was known, because structures may contain themselves. */
    private List<Member> members = List.of();

    void members(List<Member> members) {
        this.members = List.copyOf(members);
    }

    @Override
    public void check(Object value, String path, Violations violations) {
        SdkPojo structure = (SdkPojo) value;
        var fields = structure.sdkFieldNameToField();
        for (Member member : members) {
            if (violations.isFull()) {
                return;
            }
            SdkField<?> field = fields.get(member.name);
            Object memberValue = field == null ? null : present(field.getValueOrDefault(structure));
            if (memberValue != null) {
                member.check.check(memberValue, path.isEmpty() ? member.path : path + '.' + member.path, violations);
            } else if (member.required) {
                violations.missing(path.isEmpty() ? member.path : path + '.' + member.path);
            }
        }
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    private static @Nullable Object present(@Nullable Object value) {
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap ? null : value;
    }

    /** @param path the member's name as AWS's messages write it */
    record Member(String name, String path, boolean required, Check check) {}
}
