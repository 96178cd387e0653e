package io.riacho.metrics.history;

/** A part of a metric's identity, such as {@code StreamName} and the name of a stream. */
public record Dimension(String name, String value) {}
