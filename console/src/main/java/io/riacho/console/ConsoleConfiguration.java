package io.riacho.console;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The console, wired: served by the process that serves OAuth2, so that signing in crosses no origin. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "riacho.console.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConsoleProperties.class)
public class ConsoleConfiguration {

    @Bean
    Console console(ConsoleProperties properties, Environment environment) {
        return new Console(properties.origins().isEmpty() ? ownOrigins(environment) : properties.origins());
    }

    @Bean
    ServletRegistrationBean<ConsoleServlet> consoleServlet(
            ConsoleProperties properties, Console console, Environment environment) {
        ConsoleServlet servlet = new ConsoleServlet(
                new ConsoleFiles(), policy(properties.endpoints()), config(properties, console, environment));
        var registration = new ServletRegistrationBean<>(servlet, "/console/*");
        registration.setName("console");
        return registration;
    }

    @Bean
    FilterRegistrationBean<HomeRedirect> consoleHome() {
        var registration = new FilterRegistrationBean<>(new HomeRedirect());
        // The path "/" and no other.
        registration.addUrlPatterns("");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    /** No script, style or picture but the console's own, and nobody is asked but the services. */
    private static String policy(ConsoleProperties.Endpoints endpoints) {
        List<String> connect = new ArrayList<>(List.of("'self'"));
        connect.addAll(endpoints.others());
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src " + String.join(" ", connect),
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }

    private static String config(ConsoleProperties properties, Console console, Environment environment) {
        JsonMapper json = JsonMapper.shared();
        ObjectNode config = json.createObjectNode()
                .put("region", environment.getProperty("riacho.region", "us-east-1"))
                .put("accountId", environment.getProperty("riacho.account-id", "000000000000"))
                .put("clientId", Console.CLIENT_ID);
        console.origins().forEach(config.putArray("origins")::add);
        config.putObject("endpoints")
                .put("streams", properties.endpoints().streams())
                .put("firehose", properties.endpoints().firehose())
                .put("analytics", properties.endpoints().analytics());
        return json.writeValueAsString(config);
    }

    /** Where a browser on this machine finds the server. Not told where it takes any port that is free. */
    private static List<String> ownOrigins(Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        // As riacho.tls.port is where it is not set.
        int tls = environment.getProperty("riacho.tls.port", Integer.class, port == 0 ? 0 : port - 123);
        List<String> origins = new ArrayList<>();
        if (port > 0 && environment.getProperty("riacho.http.enabled", Boolean.class, true)) {
            origins.add("http://127.0.0.1:" + port);
            origins.add("http://localhost:" + port);
        }
        if (tls > 0 && environment.getProperty("riacho.tls.enabled", Boolean.class, true)) {
            origins.add("https://127.0.0.1:" + tls);
            origins.add("https://localhost:" + tls);
        }
        return origins;
    }
}
