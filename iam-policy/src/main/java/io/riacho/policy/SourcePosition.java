package io.riacho.policy;

/**
 * A place in a policy's text.
 *
 * @param line from 1
 * @param column from 1
 */
public record SourcePosition(int line, int column) {}
