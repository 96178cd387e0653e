package io.riacho.streams.backup;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * What the server whose data is copied has been told: the same files and variables are read, so the command has to be
 * given where the server was, with what it was given.
 *
 * @param data the folder of all data
 * @param streams the folder of streams-service
 * @param databaseUrl null where the server has one of its own
 */
public record BackupSettings(
        Path data,
        Path streams,
        @Nullable String databaseUrl,
        @Nullable String user,
        @Nullable String password) {

    /** What is started where only settings are to be read. */
    static final class Nothing {}

    /** @param name of the configuration, such as {@code streams-service} */
    public static BackupSettings of(String name) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("spring.config.name=" + name)
                .run()) {
            return of(context.getEnvironment());
        }
    }

    private static BackupSettings of(Environment environment) {
        Path data = Path.of(environment.getProperty("riacho.data", "./data"));
        String url = environment.getProperty("spring.datasource.url");
        return new BackupSettings(
                data,
                Path.of(environment.getProperty(
                        "riacho.streams.folder", data.resolve("streams").toString())),
                url == null || url.equals("none") ? null : url,
                environment.getProperty("spring.datasource.username"),
                environment.getProperty("spring.datasource.password"));
    }

    /** To the database that the server was given. */
    public Connection connect() throws SQLException {
        if (databaseUrl == null) {
            throw new SQLException("No database is given: set SPRING_DATASOURCE_URL as for the server");
        }
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return DriverManager.getConnection(databaseUrl, properties);
    }

    @Override
    public String toString() {
        return "BackupSettings[data=" + data + ", streams=" + streams + "]";
    }
}
