package io.riacho.benchmarks.jmh;

import io.riacho.policy.AuthorizationRequest;
import io.riacho.policy.ConditionContext;
import io.riacho.policy.Decision;
import io.riacho.policy.Explanation;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyEvaluator;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decides one request by ten statements with wildcards; the last one, which allows, has a condition. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PolicyDecisionBenchmark {

    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Action": "kinesis:Describe*", "Resource": "*"},
              {"Effect": "Allow", "Action": "kinesis:List*", "Resource": "*"},
              {"Effect": "Allow", "Action": "firehose:*", "Resource": "arn:aws:firehose:*:*:deliverystream/*"},
              {"Effect": "Allow", "Action": ["kinesis:Get*", "kinesis:SubscribeToShard"],
               "Resource": "arn:aws:kinesis:*:*:stream/*"},
              {"Effect": "Deny", "Action": "kinesis:Delete*", "Resource": "arn:aws:kinesis:*:*:stream/prod-*"},
              {"Effect": "Deny", "Action": "kinesis:*", "Resource": "arn:aws:kinesis:*:*:stream/*-secret"},
              {"Effect": "Allow", "Action": "kinesis:Put*", "Resource": "arn:aws:kinesis:eu-*:*:stream/orders*"},
              {"Effect": "Allow", "Action": "kinesis:*Record*", "Resource": "arn:aws:kinesis:*:*:stream/invoices-??"},
              {"Effect": "Allow", "Action": "logs:*", "Resource": "arn:aws:logs:*:*:*"},
              {"Effect": "Allow", "Action": "kinesis:Put*", "Resource": "arn:aws:kinesis:*:*:stream/orders*",
               "Condition": {"%s": {"%s": "%s"}}}]}
            """;

    private final PolicyEvaluator evaluator = new PolicyEvaluator();
    private final PolicySet address = policies("IpAddress", "aws:SourceIp", "10.0.0.0/8");
    private final PolicySet variable = policies("StringLike", "aws:PrincipalTag/team", "${aws:ResourceTag/team}*");
    private final AuthorizationRequest request = new AuthorizationRequest(
            Principal.user("arn:aws:iam::000000000000:user/producer"),
            "kinesis:PutRecords",
            "arn:aws:kinesis:us-east-1:000000000000:stream/orders-and-returns",
            "000000000000",
            ConditionContext.of(Map.of(
                    "aws:SourceIp", List.of("10.1.2.3"),
                    "aws:PrincipalTag/team", List.of("orders"),
                    "aws:ResourceTag/team", List.of("orders"))));

    @Setup
    public void check() {
        for (PolicySet policies : List.of(address, variable)) {
            if (evaluator.decide(request, policies).statement() != 9) {
                throw new IllegalStateException("Not what is to be measured");
            }
        }
    }

    @Benchmark
    public Decision decideByAddress() {
        return evaluator.decide(request, address);
    }

    @Benchmark
    public Decision decideByVariable() {
        return evaluator.decide(request, variable);
    }

    @Benchmark
    public Explanation explain() {
        return evaluator.explain(request, address);
    }

    @Benchmark
    public PolicyDocument parse() {
        return PolicyDocument.parse(POLICY.formatted("Bool", "aws:SecureTransport", "true"), PolicyKind.IDENTITY);
    }

    private static PolicySet policies(String operator, String key, String value) {
        PolicyDocument document = PolicyDocument.parse(POLICY.formatted(operator, key, value), PolicyKind.IDENTITY);
        return PolicySet.ofIdentity(List.of(new NamedPolicy("producer", document)));
    }
}
