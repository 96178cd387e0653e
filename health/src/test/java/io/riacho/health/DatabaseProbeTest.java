package io.riacho.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseProbeTest {

    private final List<String> called = new ArrayList<>();

    @Test
    void aDatabaseThatAnswersHasNoFaultAndGetsItsConnectionBack() throws Exception {
        assertThat(probe(true).fault()).isEmpty();
        assertThat(called).endsWith("close");
    }

    @Test
    void aConnectionOnWhichNobodyAnswersIsAFaultAndGivenBack() throws Exception {
        assertThat(probe(false).fault()).hasValue("does not answer");
        assertThat(called).endsWith("close");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsAFaultThatDoesNotTellItsAddress() throws Exception {
        DataSource away = as(DataSource.class, (_, _, _) -> {
            throw new SQLException("Connection to db.example.com:5432 refused");
        });
        assertThat(new DatabaseProbe(away).fault()).hasValue("cannot be reached");
    }

    private DatabaseProbe probe(boolean answers) {
        Connection connection = as(Connection.class, (_, method, _) -> {
            called.add(method.getName());
            return method.getName().equals("isValid") ? answers : null;
        });
        return new DatabaseProbe(as(DataSource.class, (_, _, _) -> connection));
    }

    private static <T> T as(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
