package io.riacho.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Serves {@code /console/}. Every path that is no file is the page itself, which knows its paths; so links into it work.
 * Needs no credentials: the page holds nothing, and what it shows it asks for with its user's token.
 */
final class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String CONFIG = "config.json";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final transient ConsoleFiles files;
    private final String policy;
    private final byte[] config;

    /**
     * @param policy what the browser lets the page do
     * @param config what the page has to know, in JSON
     */
    ConsoleServlet(ConsoleFiles files, String policy, String config) {
        this.files = files;
        this.policy = policy;
        this.config = config.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            response.sendRedirect("/console/");
            return;
        }
        secure(response);
        String name = path.substring(1);
        if (name.equals(CONFIG)) {
            response.setHeader("Cache-Control", "no-store");
            send(response, "application/json", config);
            return;
        }
        ConsoleFiles.File file = files.find(name).orElse(null);
        if (file == null && !isPage(name)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (file == null) {
            file = files.find(ConsoleFiles.INDEX).orElseThrow(() -> new IllegalStateException("no page was built"));
        }
        response.setHeader("Cache-Control", file.immutable ? FOR_EVER : "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        byte[] compressed = file.compressed;
        if (compressed != null && takesGzip(request)) {
            response.setHeader("Content-Encoding", "gzip");
            send(response, file.type, compressed);
        } else {
            send(response, file.type, file.content);
        }
    }

    /** A file that is not there is told so: a page in its place would be run as a script or read as a style. */
    private static boolean isPage(String name) {
        return !name.startsWith("assets/");
    }

    private static boolean takesGzip(HttpServletRequest request) {
        return Objects.requireNonNullElse(request.getHeader("Accept-Encoding"), "")
                .contains("gzip");
    }

    private void secure(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    }

    private static void send(HttpServletResponse response, String type, byte[] content) throws IOException {
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }
}
