package io.riacho.policy;

/**
 * What is wrong at one place of a policy document.
 *
 * @param line from 1
 * @param column from 1
 * @param message in the words that AWS uses where it has some, without the place
 */
public record PolicyError(int line, int column, String message) {

    @Override
    public String toString() {
        return message + " (line " + line + ", column " + column + ")";
    }
}
