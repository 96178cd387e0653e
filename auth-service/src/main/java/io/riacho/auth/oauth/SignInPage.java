package io.riacho.auth.oauth;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** The page where users sign in: one form, no script, nothing from elsewhere. */
final class SignInPage extends HttpServlet {

    static final String PATH = "/oauth2/sign-in";

    private static final long serialVersionUID = 1L;

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sign in to Riacho</title>
            </head>
            <body>
            <main>
            <h1>Sign in to Riacho</h1>
            %s<form method="post" action="/oauth2/sign-in">
            <p><label>User name<br><input name="username" autocomplete="username" required maxlength="64" autofocus></label></p>
            <p><label>Password<br><input name="password" type="password" autocomplete="current-password" required maxlength="128"></label></p>
            <input type="hidden" name="%s" value="%s">
            <p><button type="submit">Sign in</button></p>
            </form>
            </main>
            </body>
            </html>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        if (token == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String failure = request.getParameter("error") == null
                ? ""
                : "<p role=\"alert\">The user name or the password is wrong.</p>\n";
        byte[] page = PAGE.formatted(
                        failure, HtmlUtils.htmlEscape(token.getParameterName()), HtmlUtils.htmlEscape(token.getToken()))
                .getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=utf-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}
