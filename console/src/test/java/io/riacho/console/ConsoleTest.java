package io.riacho.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

class ConsoleTest {

    private static final Pattern ASSET = Pattern.compile("/console/(assets/[\\w.-]+\\.js)");

    private static ConfigurableApplicationContext context;

    private final HttpClient http = HttpClient.newHttpClient();

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ConsoleConfiguration.class)
    static class Server {}

    @BeforeAll
    static void start() {
        context = start(
                "--riacho.console.origins=https://riacho.example/",
                "--riacho.console.endpoints.streams=https://streams.example:4444");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static ConfigurableApplicationContext start(String... properties) {
        String[] arguments = java.util.Arrays.copyOf(properties, properties.length + 1);
        arguments[properties.length] = "--server.port=0";
        return SpringApplication.run(Server.class, arguments);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void eachPathThatIsNoFileIsThePage() throws Exception {
        HttpResponse<String> page = get("/console/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        assertThat(get("/console/streams/a.b/records").body()).isEqualTo(page.body());
        assertThat(header(get("/console"), "Location")).endsWith("/console/");
    }

    @Test
    void whatHasItsContentInItsNameIsKeptForEver() throws Exception {
        Matcher asset = ASSET.matcher(get("/console/").body());
        assertThat(asset.find()).isTrue();

        HttpResponse<String> script = get("/console/" + asset.group(1));

        assertThat(header(script, "Content-Type")).startsWith("text/javascript");
        assertThat(header(script, "Cache-Control")).contains("immutable");
        HttpResponse<String> compressed = get("/console/" + asset.group(1), "Accept-Encoding", "gzip");
        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(get("/console/assets/not-there.js").statusCode()).isEqualTo(404);
    }

    @Test
    void noPathLeadsOutOfTheConsolesFiles() throws Exception {
        for (String path : new String[] {
            "/console/../ConsoleServlet.class",
            "/console/assets/%2e%2e/index.html",
            "/console/..%2fConsoleServlet.class"
        }) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode() == 200 ? header(answer, "Content-Type") : "text/html")
                    .as(path)
                    .startsWith("text/html");
        }
    }

    @Test
    void thePageMayLoadAndAskNothingButItsOwnAndTheServices() throws Exception {
        HttpResponse<String> page = get("/console/");
        assertThat(header(page, "Content-Security-Policy").split("; "))
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "connect-src 'self' https://streams.example:4444",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'self'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body())
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContainPattern("<script>");
    }

    @Test
    void thePageIsToldWhereItAndTheServicesAre() throws Exception {
        assertThat(get("/console/config.json").body())
                .isEqualTo("{\"region\":\"us-east-1\",\"accountId\":\"000000000000\",\"clientId\":\"riacho-console\","
                        + "\"origins\":[\"https://riacho.example\"],\"endpoints\":{\"streams\":\"https://streams.example:4444\","
                        + "\"firehose\":\"\",\"analytics\":\"\"}}");
    }

    @Test
    void browsersAreLedFromTheServersAddressToTheConsoleAndOthersAreNot() throws Exception {
        HttpResponse<String> browser = get("/", "Accept", "text/html,*/*;q=0.8");
        assertThat(browser.statusCode()).isEqualTo(302);
        assertThat(header(browser, "Location")).endsWith("/console/");
        assertThat(get("/").statusCode()).isNotEqualTo(302);
        assertThat(get("/?Action=ListUsers", "Accept", "text/html").statusCode())
                .isNotEqualTo(302);
        assertThat(get("/", "Accept", "text/html", "Authorization", "AWS4-HMAC-SHA256 Credential=none")
                        .statusCode())
                .isNotEqualTo(302);
    }

    @Test
    void whatIsNoOriginIsRefusedAtTheStart() {
        for (String origin : new String[] {
            "riacho.example", "https://riacho.example/console", "https://a.example;script-src *", "ftp://a.example"
        }) {
            assertThatThrownBy(() -> start("--riacho.console.origins=" + origin))
                    .as(origin)
                    .rootCause()
                    .hasMessageContaining("riacho.console.origins");
        }
    }
}
