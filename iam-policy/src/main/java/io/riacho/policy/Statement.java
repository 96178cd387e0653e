package io.riacho.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled statement.
 *
 * @param index in its policy, from 0
 * @param actions case does not matter
 * @param resources null where the policy is a role's, which is about the role alone
 * @param principals null where the policy does not say, and so is about every caller that it applies to
 */
record Statement(
        int index,
        @Nullable String sid,
        Effect effect,
        SourcePosition start,
        SourcePosition end,
        List<Glob> actions,
        boolean notActions,
        @Nullable PrincipalElement principals,
        @Nullable List<Pattern> resources,
        boolean notResources,
        List<Condition> conditions) {

    Statement {
        actions = List.copyOf(actions);
        resources = resources == null ? null : List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    /** {@link Grant#NONE} where the statement does not match. */
    Grant grant(AuthorizationRequest request) {
        if (!isAboutAction(request.action())) {
            return Grant.NONE;
        }
        Grant grant = principals == null ? Grant.DIRECT : principals.grant(request.principal(), effect);
        if (grant == Grant.NONE || !isAboutResource(request)) {
            return Grant.NONE;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).holds(request.context(), effect)) {
                return Grant.NONE;
            }
        }
        return grant;
    }

    Explanation.StatementExplanation explain(AuthorizationRequest request) {
        return new Explanation.StatementExplanation(index, sid, effect, start, end, mismatch(request));
    }

    private Explanation.@Nullable Mismatch mismatch(AuthorizationRequest request) {
        if (!isAboutAction(request.action())) {
            return new Explanation.Mismatch.Action();
        }
        if (principals != null && principals.grant(request.principal(), effect) == Grant.NONE) {
            return new Explanation.Mismatch.Principal();
        }
        if (!isAboutResource(request)) {
            return new Explanation.Mismatch.Resource();
        }
        for (Condition condition : conditions) {
            if (!condition.holds(request.context(), effect)) {
                return condition.mismatch(request.context());
            }
        }
        return null;
    }

    private boolean isAboutAction(String action) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).matches(action)) {
                return !notActions;
            }
        }
        return notActions;
    }

    private boolean isAboutResource(AuthorizationRequest request) {
        if (resources == null) {
            return true;
        }
        boolean unresolved = false;
        for (int i = 0; i < resources.size(); i++) {
            switch (resources.get(i).match(request.resource(), request.context())) {
                case YES -> {
                    return !notResources;
                }
                case UNRESOLVED -> unresolved = true;
                case NO -> {}
            }
        }
        return notResources && !(unresolved && effect == Effect.ALLOW);
    }

    void addKeysTo(Set<String> keys) {
        for (Condition condition : conditions) {
            condition.addKeysTo(keys);
        }
        if (resources != null) {
            for (Pattern resource : resources) {
                resource.addVariablesTo(keys);
            }
        }
    }
}
