package io.riacho.auth.identity;

import java.security.SecureRandom;

/** Ids as AWS makes them: four letters that say what it is, and base 32 characters. They are never given twice. */
public final class UniqueIds {

    public static final String POLICY = "ANPA";
    public static final String ACCESS_KEY = "AKIA";

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_CHARACTERS = 17;
    private static final int KEY_CHARACTERS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UniqueIds() {}

    public static String of(EntityKind kind) {
        return random(kind.idPrefix(), ID_CHARACTERS);
    }

    public static String ofPolicy() {
        return random(POLICY, ID_CHARACTERS);
    }

    public static String ofAccessKey() {
        return random(ACCESS_KEY, KEY_CHARACTERS);
    }

    /** Whether it has the form of an access key's id, so that it may be worth looking for. */
    public static boolean isAccessKey(String text) {
        if (text.length() != ACCESS_KEY.length() + KEY_CHARACTERS || !text.startsWith(ACCESS_KEY)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (CHARACTERS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String random(String prefix, int characters) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < characters; i++) {
            id.append(CHARACTERS.charAt(RANDOM.nextInt(CHARACTERS.length())));
        }
        return id.toString();
    }
}
