package io.riacho.policy;

import java.util.List;

/** A JSON value that knows where it stands in its text. */
sealed interface Json {

    /** Where it begins. */
    SourcePosition at();

    /** What a list holds; where the policy language takes one value for a list of one, that value. */
    static List<Json> items(Json value) {
        return value instanceof Arr array ? array.items() : List.of(value);
    }

    /**
     * An object.
     *
     * @param members in the order of the text, no name twice
     * @param end the place after its closing brace
     */
    record Obj(SourcePosition at, SourcePosition end, List<Member> members) implements Json {}

    /** One member of an object; {@code at} is where its name begins. */
    record Member(String name, SourcePosition at, Json value) {}

    record Arr(SourcePosition at, List<Json> items) implements Json {}

    record Text(SourcePosition at, String value) implements Json {}

    /** A number or a boolean, as it is written. */
    record Scalar(SourcePosition at, String value) implements Json {}

    record Null(SourcePosition at) implements Json {}
}
