package io.riacho.auth;

import io.riacho.console.ConsoleConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Runs identities alone, with the console, on port 4570, with the PostgreSQL that {@code SPRING_DATASOURCE_URL} names. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({AuthConfiguration.class, ConsoleConfiguration.class})
public class AuthApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(AuthApplication.class);
        System.setProperty("spring.config.name", "auth-service");
        application.run(args);
    }
}
