package io.riacho.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RequestConditionsTest {

    @Test
    void anAnonymousCallerHasNoPrincipalsArnOrAccount() {
        RequestConditions conditions = of(Caller.anonymous());

        assertThat(conditions.values("aws:PrincipalArn")).isNull();
        assertThat(conditions.values("aws:PrincipalAccount")).isNull();
        assertThat(conditions.values("aws:userid")).containsExactly("anonymous");
    }

    @Test
    void theAccountItselfHasThem() {
        RequestConditions conditions = of(Caller.root("111122223333"));

        assertThat(conditions.values("aws:PrincipalArn")).containsExactly("arn:aws:iam::111122223333:root");
        assertThat(conditions.values("aws:PrincipalAccount")).containsExactly("111122223333");
    }

    private static RequestConditions of(Caller caller) {
        RequestContext context = new RequestContext(
                "id", "us-east-1", caller, new Connection("127.0.0.1", false, null, null, null), (_, _) -> {
                    throw new IllegalStateException("nothing is to be decided");
                });
        return new RequestConditions(
                context, Permission.of("sts:AssumeRole", "*", "111122223333"), InstantSource.system());
    }
}
