package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.ClientCertificates.Issued;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Services as processes of their own, on one PostgreSQL, as they may be. auth-service speaks TLS only, and asks the others for
 * certificates; they ask their own clients for some where those speak TLS.
 */
final class SeparateServices implements AutoCloseable {

    private static final String AUTHORITY = "arn:aws:riacho:" + Target.REGION + ":" + Target.ACCOUNT + ":authority";

    private final JsonMapper json = JsonMapper.shared();
    private final List<ServerProcess> running = new ArrayList<>();
    private final String name;
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final ClientCertificates certificates;
    private final ServerProcess auth;
    private final IamClient iam;

    private SeparateServices(String name) throws IOException, GeneralSecurityException, OperatorCreationException {
        this.name = name;
        folder = Files.createDirectories(Path.of("target", "servers", name + "-certificates"))
                .toAbsolutePath();
        certificates = new ClientCertificates("clients of " + name);
        certificates.writeAuthority(folder.resolve("clients-ca.crt"));
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "32MB")
                .start();
        auth = process(
                "auth-service",
                "--riacho.http.enabled=false",
                "--riacho.tls.client-auth=want",
                "--riacho.tls.client-ca=" + folder.resolve("clients-ca.crt"),
                "--riacho.auth.authority.client-certificate=true");
        Issued tester = certificates.issue("tester");
        auth.start(() -> https(tester));
        iam = JavaClients.iam(auth.secureTarget());
    }

    /** With auth-service alone, for now. */
    static SeparateServices started(String name)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        return new SeparateServices(name);
    }

    /**
     * Starts a service that asks auth-service who its callers are.
     *
     * @param service under which name requests to it are signed
     */
    ServerProcess start(String module, String service, String... more) throws Exception {
        certificates.issue(module).write(certificate(module), privateKey(module));
        JsonNode client = oauthClientOf(arnOf(serviceUser(service)));
        Path secret = Files.writeString(
                folder.resolve(module + ".secret"), client.path("clientSecret").stringValue());
        List<String> properties = new ArrayList<>(List.of(
                "--riacho.tls.client-auth=need",
                "--riacho.tls.client-ca=" + folder.resolve("clients-ca.crt"),
                "--riacho.authority.url=" + authUrl(""),
                "--riacho.authority.client-id=" + client.path("clientId").stringValue(),
                "--riacho.authority.client-secret-file=" + secret,
                "--riacho.authority.ca-file=" + authCa(),
                "--riacho.authority.certificate=" + certificate(module),
                "--riacho.authority.private-key=" + privateKey(module)));
        properties.addAll(List.of(more));
        ServerProcess started = process(module, properties.toArray(String[]::new));
        started.start();
        return started;
    }

    ServerProcess auth() {
        return auth;
    }

    IamClient iam() {
        return iam;
    }

    ClientCertificates certificates() {
        return certificates;
    }

    /** What the service shows to others, as it was started or later. */
    Path certificate(String module) {
        return folder.resolve(module + ".crt");
    }

    Path privateKey(String module) {
        return folder.resolve(module + ".key");
    }

    URI authUrl(String path) {
        return URI.create("https://localhost:" + auth.tlsPort() + path);
    }

    /** A client of auth-service. */
    HttpClient https(@Nullable Issued shown) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(ClientCertificates.context(authCa(), shown))
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new user. */
    AccessKey userWith(String policy) {
        String user = "user-" + UUID.randomUUID();
        iam.createUser(request -> request.userName(user));
        iam.putUserPolicy(request -> request.userName(user).policyName("own").policyDocument(policy));
        return iam.createAccessKey(request -> request.userName(user)).accessKey();
    }

    String arnOf(AccessKey key) {
        return iam.getUser(request -> request.userName(key.userName())).user().arn();
    }

    /** A new OAuth2 client that acts as somebody. */
    JsonNode oauthClientOf(String principalArn) throws IOException, InterruptedException {
        byte[] body = json.writeValueAsBytes(json.createObjectNode()
                .put("name", "client-" + UUID.randomUUID())
                .put("principalArn", principalArn));
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(
                                auth.target().accessKeyId(), auth.target().secretAccessKey()))
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(authUrl("/v1/oauth-clients"))
                                .putHeader("Content-Type", "application/json")
                                .build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "riacho")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, Target.REGION))
                .request();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(authUrl("/v1/oauth-clients")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signed.forEachHeader((header, values) -> {
            if (!header.equalsIgnoreCase("Host") && !header.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(header, value));
            }
        });
        HttpResponse<String> response =
                https(null).send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return json.readTree(response.body());
    }

    @Override
    public void close() throws IOException {
        running.reversed().forEach(ServerProcess::close);
        iam.close();
        auth.close();
        postgres.close();
    }

    private AccessKey serviceUser(String service) {
        return userWith("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": ["riacho:GetSigningKey", "riacho:AssumeServiceRole"], "Resource": "%1$s",
                   "Condition": {"StringEquals": {"riacho:service": "%2$s"}}},
                  {"Effect": "Allow", "Resource": "%1$s", "Action": [
                    "riacho:GetTokenOwner", "riacho:AwaitChanges", "riacho:DescribeKey", "riacho:GenerateDataKey", "riacho:UnwrapDataKey"]}]}
                """.formatted(AUTHORITY, service));
    }

    private Path authCa() {
        return auth.folder().resolve("data/tls/ca.crt");
    }

    private ServerProcess process(String module, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres"));
        properties.addAll(List.of(more));
        ServerProcess process = ServerProcess.ofService(module, name + "-" + module, properties);
        if (!module.equals("auth-service")) {
            running.add(process);
        }
        return process;
    }
}
