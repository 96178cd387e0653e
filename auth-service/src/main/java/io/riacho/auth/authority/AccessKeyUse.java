package io.riacho.auth.authority;

import java.time.Instant;

/** When, where and for what an access key was last used. */
public record AccessKeyUse(Instant at, String service, String region) {}
