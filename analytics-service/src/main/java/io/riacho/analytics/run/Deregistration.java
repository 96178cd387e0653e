package io.riacho.analytics.run;

/** Deregisters consumers of enhanced fan-out. */
public interface Deregistration {

    /**
     * As whom.
     *
     * @param application its name
     */
    record Actor(String role, String application, String arn) {}

    /**
     * One that is not there is deregistered.
     *
     * @param stream its ARN, or its name
     * @throws RuntimeException where that was not possible now
     */
    void deregister(Actor actor, String stream, String consumer);
}
