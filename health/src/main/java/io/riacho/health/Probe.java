package io.riacho.health;

import java.util.Optional;

/** Finds out whether a part of the server works. May take its time, and hang: {@link ProbedHealth} limits that. */
@FunctionalInterface
public interface Probe {

    /**
     * @return why it does not work, in a few words that anybody may read: no names, addresses or paths; empty where it does
     * @throws Exception where it does not work, either; its message is for the server's log alone
     */
    Optional<String> fault() throws Exception;
}
