package io.riacho.streams.wire;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestApi;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints of somebody who forgot to ask whether they may answer. */
@Configuration(proxyBeanMethods = false)
class Undecided {

    @Bean
    RestApi undecidedApi() {
        return RestApi.of("kinesis", "/v1/undecided");
    }

    @RestController
    static final class Endpoints {

        @GetMapping("/v1/undecided/stream")
        void stream(HttpServletResponse response) throws IOException {
            response.getOutputStream().print("secret");
        }

        @GetMapping("/v1/undecided/writer")
        void writer(HttpServletResponse response) throws IOException {
            response.getWriter().print("secret");
        }

        @GetMapping("/v1/undecided/value")
        Map<String, String> value() {
            return Map.of("a", "secret");
        }

        @GetMapping("/v1/undecided/status")
        void status(HttpServletResponse response) {
            response.setStatus(204);
        }

        @GetMapping("/v1/undecided/redirect")
        void redirect(HttpServletResponse response) throws IOException {
            response.sendRedirect("/secret");
        }

        @GetMapping("/v1/undecided/flush")
        void flush(HttpServletResponse response) throws IOException {
            response.flushBuffer();
        }

        @GetMapping("/v1/undecided/empty")
        void empty() {}

        @GetMapping("/v1/undecided/header")
        void header(HttpServletResponse response) {
            response.setHeader("X-Answer", "secret");
        }

        @GetMapping("/v1/undecided/decided")
        Map<String, String> decided(RequestContext context) {
            context.requireNothing();
            return Map.of("a", "secret");
        }
    }
}
