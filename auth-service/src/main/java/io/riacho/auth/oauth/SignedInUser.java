package io.riacho.auth.oauth;

import java.util.Optional;

/**
 * A user who signed in, as the name of an authentication holds it: the unique id, because names can be given again, and
 * the name, by which the user is looked up.
 */
record SignedInUser(String id, String name) {

    String text() {
        return id + "/" + name;
    }

    /** Empty where it is the name of a client. */
    static Optional<SignedInUser> parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.of(new SignedInUser(text.substring(0, slash), text.substring(slash + 1)));
    }
}
