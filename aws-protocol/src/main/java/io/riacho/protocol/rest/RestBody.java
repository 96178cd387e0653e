package io.riacho.protocol.rest;

import io.riacho.protocol.server.RequestAuthentication.Authenticated;

/** The body of an authenticated request, already in memory. Valid while the request is served. */
public final class RestBody {

    private final Authenticated request;

    RestBody(Authenticated request) {
        this.request = request;
    }

    /** The array that holds the body from its start; longer than it. Not to be changed. */
    public byte[] array() {
        return request.body();
    }

    public int length() {
        return request.bodyLength();
    }
}
