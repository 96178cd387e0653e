package io.riacho.protocol.model;

/**
 * What an error of a Query API is on the wire.
 *
 * @param code such as {@code NoSuchEntity} for the shape {@code NoSuchEntityException}
 * @param status of HTTP
 */
public record ModelError(String code, int status) {}
