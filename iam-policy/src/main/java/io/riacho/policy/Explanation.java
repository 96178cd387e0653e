package io.riacho.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How every policy and statement took part in a decision.
 *
 * @param policies all that applied, in the order identity, boundary, session, resource, endpoint
 * @param verdicts for each kind that applied, also where it has no policy, what its policies say together, not looking at
 *     others. A resource policy that only names the caller's account says {@link Verdict#ALLOW} too
 * @param missingContextKeys the condition keys that the policies ask for and the request does not have, as they are
 *     written there, each once
 */
public record Explanation(
        Decision decision,
        List<PolicyExplanation> policies,
        Map<PolicyKind, Verdict> verdicts,
        Set<String> missingContextKeys) {

    public Explanation {
        policies = List.copyOf(policies);
        verdicts = Map.copyOf(verdicts);
    }

    /** Null where no policy of the kind could apply. */
    public @Nullable Verdict verdict(PolicyKind kind) {
        return verdicts.get(kind);
    }

    /** What matching statements say; the later wins over the earlier. */
    public enum Verdict {
        NONE,
        ALLOW,
        DENY
    }

    /** One policy's part. */
    public record PolicyExplanation(String name, PolicyKind kind, List<StatementExplanation> statements) {

        public PolicyExplanation {
            statements = List.copyOf(statements);
        }

        public Verdict verdict() {
            Verdict verdict = Verdict.NONE;
            for (StatementExplanation statement : statements) {
                if (statement.matched()) {
                    if (statement.effect() == Effect.DENY) {
                        return Verdict.DENY;
                    }
                    verdict = Verdict.ALLOW;
                }
            }
            return verdict;
        }
    }

    /**
     * One statement's part.
     *
     * @param index in its policy, from 0
     * @param start of the statement in the policy's text: its opening brace
     * @param end the place after its closing brace
     * @param mismatch the first reason why it does not match; null where it does
     */
    public record StatementExplanation(
            int index,
            @Nullable String sid,
            Effect effect,
            SourcePosition start,
            SourcePosition end,
            @Nullable Mismatch mismatch) {

        public boolean matched() {
            return mismatch == null;
        }
    }

    /** Why a statement does not match; looked for in this order. */
    public sealed interface Mismatch {

        /** It is not about the action. */
        record Action() implements Mismatch {}

        /** It is not about the caller. */
        record Principal() implements Mismatch {}

        /** It is not about the resource. */
        record Resource() implements Mismatch {}

        /**
         * A condition does not hold.
         *
         * @param operator as written, such as {@code ForAnyValue:StringLike}
         * @param key as written
         * @param expected the policy's values, as written
         * @param actual the request's values; null where it does not have the key
         */
        record Condition(
                String operator,
                String key,
                List<String> expected,
                @Nullable List<String> actual) implements Mismatch {}
    }
}
