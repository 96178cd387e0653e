package io.riacho.analytics.rest;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.Roles;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.role.RoleSessions;
import io.riacho.analytics.run.RunTokens;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.role.RoleException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The roles of runs, for who has a run's token. Safe for use by many threads. */
public final class RunRoles {

    private static final int MOST_ID = 128;

    private final Applications applications;
    private final RunTokens tokens;
    private final RoleSessions sessions;

    public RunRoles(Applications applications, RunTokens tokens, RoleSessions sessions) {
        this.applications = applications;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * The id of the application that the run is of.
     *
     * @throws AwsException AccessDeniedException where the token is another one's
     */
    UUID application(String run, @Nullable String token) {
        if (token == null || run.length() > MOST_ID) {
            throw denied();
        }
        return tokens.verify(run, token).orElseThrow(RunRoles::denied);
    }

    /**
     * A session of one of the run's roles.
     *
     * @param number of the role, as the job was told it
     * @throws AwsException where the token is another one's, or there is no such role, or it cannot be assumed
     */
    RoleSessions.Session session(String run, @Nullable String token, int number) {
        Application application = applications.find(application(run, token)).orElseThrow(RunRoles::denied);
        Run current = application.run();
        // The job of an old version acts as that version's roles until it is replaced.
        Definition definition = current == null
                ? application.definition()
                : applications.definition(application.id(), current.version()).orElse(application.definition());
        List<String> roles = Roles.of(definition);
        if (number < 0 || number >= roles.size()) {
            throw AnalyticsErrors.resourceNotFound("The run acts as " + roles.size() + " roles.");
        }
        try {
            return sessions.of(roles.get(number), application.name(), application.arn());
        } catch (RoleException e) {
            throw e.reason() == RoleException.Reason.DENIED
                    ? AnalyticsErrors.accessDenied(e.getMessage())
                    : AnalyticsErrors.serviceUnavailable(e.getMessage());
        }
    }

    private static AwsException denied() {
        return AwsException.of("AccessDeniedException", 403, "The token is not one of this run.");
    }
}
