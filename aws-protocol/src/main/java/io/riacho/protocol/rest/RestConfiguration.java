package io.riacho.protocol.rest;

import io.riacho.protocol.server.RequestAuthentication;
import io.riacho.tracing.Tracing;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the controllers of {@link RestApi} beans below {@code /v1}. Needs
 * {@link io.riacho.protocol.server.AwsProtocolConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RestProperties.class)
public class RestConfiguration {

    private static final String PATHS = "/v1/*";
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1000;

    @Bean
    FilterRegistrationBean<RestFilter> restFilter(
            List<RestApi> apis, RequestAuthentication authentication, Tracing tracing) {
        var registration = new FilterRegistrationBean<>(new RestFilter(apis, authentication, tracing));
        registration.addUrlPatterns(PATHS);
        registration.setOrder(ORDER);
        return registration;
    }

    /** Asked before credentials are, which browsers do not send along when they ask whether they may ask. */
    @Bean
    FilterRegistrationBean<CorsFilter> restCorsFilter(RestProperties properties) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(properties.cors().allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of("*"));
        cors.setExposedHeaders(List.of("x-amzn-RequestId", "x-amzn-ErrorType", "Retry-After"));
        cors.setMaxAge(properties.cors().maxAge());
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/v1/**", cors);
        var registration = new FilterRegistrationBean<>(new CorsFilter(source));
        registration.addUrlPatterns(PATHS);
        registration.setOrder(ORDER - 1);
        registration.setEnabled(!properties.cors().allowedOrigins().isEmpty());
        return registration;
    }

    @Bean
    HandlerExceptionResolver problemResolver() {
        return new ProblemResolver();
    }

    @Bean
    WebMvcConfigurer restArguments() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new RestArguments());
            }
        };
    }
}
