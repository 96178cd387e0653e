package io.riacho.auth.token;

import static io.riacho.auth.token.TokenServer.form;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Signs users in as a browser does, and keeps the session that it was given. */
final class TestBrowser {

    /** What proves who redeems the codes that are asked for here. */
    static final String VERIFIER = "a-verifier-of-at-least-43-characters-0123456789abc";

    private final TokenServer server;
    private String session = "";

    TestBrowser(TokenServer server) {
        this.server = server;
    }

    static String authorizePath(String clientId, String redirect) {
        return "/oauth2/authorize?"
                + form(
                        "response_type",
                        "code",
                        "client_id",
                        clientId,
                        "redirect_uri",
                        redirect,
                        "scope",
                        "openid",
                        "state",
                        "s1",
                        "code_challenge",
                        challenge(),
                        "code_challenge_method",
                        "S256");
    }

    /** The code that the client is given for the user; empty where the user is not let in. */
    String code(String clientId, String redirect, String user, String password) {
        HttpResponse<String> asked = server.get(authorizePath(clientId, redirect), "Accept", "text/html");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(302);
        String saved = cookie(asked, "REDIRECT_URI");
        HttpResponse<String> page = server.get("/oauth2/sign-in", "Accept", "text/html");
        String csrf = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
        HttpResponse<String> signedIn = server.post(
                "/oauth2/sign-in",
                form("username", user, "password", password, "_csrf", csrf),
                "Cookie",
                cookie(page, "XSRF-TOKEN") + "; " + saved);
        assertThat(signedIn.statusCode()).isEqualTo(302);
        String next = signedIn.headers().firstValue("location").orElseThrow();
        if (!next.contains("/oauth2/authorize")) {
            return "";
        }
        session = cookie(signedIn, "JSESSIONID");
        HttpResponse<String> granted =
                get(URI.create(next).getRawPath() + "?" + URI.create(next).getRawQuery());
        String back = granted.headers().firstValue("location").orElse("none: " + granted.statusCode());
        assertThat(back).startsWith(redirect + "?code=");
        return back.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    /** As who is signed in. */
    HttpResponse<String> get(String path) {
        return server.get(path, "Cookie", session, "Accept", "text/html");
    }

    /** The same, of a form. */
    HttpResponse<String> post(String path, String... form) {
        return server.post(path, form(form), "Cookie", session);
    }

    static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("set-cookie").stream()
                .filter(value -> value.startsWith(name + "="))
                .map(value -> value.substring(0, value.indexOf(';')))
                .findFirst()
                .orElse("");
    }

    private static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
