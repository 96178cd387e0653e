package io.riacho.auth.oauth;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** The page where users sign in: one form and its style, no script, nothing from elsewhere. */
final class SignInPage extends HttpServlet {

    static final String PATH = "/oauth2/sign-in";
    static final String STYLE_PATH = "/oauth2/sign-in.css";

    private static final long serialVersionUID = 1L;

    private final String page = read("sign-in.html");
    private final byte[] style = read("sign-in.css").getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().equals(STYLE_PATH)) {
            response.setContentType("text/css;charset=utf-8");
            send(response, style);
            return;
        }
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        if (token == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String failure = request.getParameter("error") == null
                ? ""
                : "<p class=\"failure\" role=\"alert\">The user name or the password is wrong.</p>";
        response.setContentType("text/html;charset=utf-8");
        send(
                response,
                page.replace("{failure}", failure)
                        .replace("{csrf-name}", HtmlUtils.htmlEscape(token.getParameterName()))
                        .replace("{csrf-value}", HtmlUtils.htmlEscape(token.getToken()))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpServletResponse response, byte[] content) throws IOException {
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static String read(String name) {
        try (InputStream in = SignInPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
