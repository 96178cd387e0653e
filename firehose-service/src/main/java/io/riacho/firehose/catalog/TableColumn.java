package io.riacho.firehose.catalog;

/** @param name in lower case */
public record TableColumn(String name, HiveType type) {}
