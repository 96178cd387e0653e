package io.riacho.kdasql;

/**
 * A column of an input or a reference table.
 *
 * @param name as the schema of the API gives it: it is not folded
 * @param sqlType as the schema of the API gives it, e.g. {@code VARCHAR(16)}
 */
public record Column(String name, String sqlType) {}
