package io.riacho.auth;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Runs identities alone, on port 4570, with the PostgreSQL that {@code SPRING_DATASOURCE_URL} names. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(AuthConfiguration.class)
public class AuthApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(AuthApplication.class);
        System.setProperty("spring.config.name", "auth-service");
        application.run(args);
    }
}
