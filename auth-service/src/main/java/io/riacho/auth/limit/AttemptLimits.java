package io.riacho.auth.limit;

/**
 * How often one may try, for each address and for each client or user.
 *
 * @param perAddress tokens asked for, from one address
 * @param perClient tokens asked for, by one client
 * @param signInPerAddress passwords tried, from one address
 * @param signInPerUser passwords tried, of one user
 * @param unsignedPerAddress calls of STS without a signature, from one address
 */
public record AttemptLimits(
        RateLimit perAddress,
        RateLimit perClient,
        RateLimit signInPerAddress,
        RateLimit signInPerUser,
        RateLimit unsignedPerAddress) {

    public static AttemptLimits standard() {
        return new AttemptLimits(
                new RateLimit(50, 200),
                new RateLimit(20, 100),
                new RateLimit(0.5, 20),
                new RateLimit(0.2, 10),
                new RateLimit(20, 100));
    }
}
