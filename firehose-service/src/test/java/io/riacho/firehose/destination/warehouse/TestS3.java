package io.riacho.firehose.destination.warehouse;

import io.riacho.firehose.destination.s3.S3Properties;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 endpoint, S3Proxy with its authentication on, whose buckets are folders. */
public final class TestS3 implements AutoCloseable {

    public static final AwsBasicCredentials KEY = AwsBasicCredentials.create("tester", "secret-of-the-tester");

    private static final int MEBIBYTE = 1024 * 1024;

    private final Path folder;
    private final Tomcat tomcat = new Tomcat();

    private TestS3(Path folder) {
        this.folder = folder;
    }

    public static TestS3 start(Path folder) throws IOException, LifecycleException {
        TestS3 s3 = new TestS3(Files.createDirectories(folder.resolve("buckets")));
        S3ProxyHandler handler = new S3ProxyHandler(
                new FilesystemNio2BlobStore(s3.folder.toString()),
                AuthenticationType.AWS_V4,
                KEY.accessKeyId(),
                KEY.secretAccessKey(),
                null,
                1024L * MEBIBYTE,
                64L * MEBIBYTE,
                4 * MEBIBYTE,
                true,
                null,
                "",
                900);
        s3.tomcat.setBaseDir(Files.createDirectories(folder.resolve("tomcat")).toString());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        s3.tomcat.setConnector(connector);
        Context context = s3.tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "s3", new Servlet(handler));
        context.addServletMappingDecoded("/", "s3");
        s3.tomcat.start();
        return s3;
    }

    public S3Properties properties() {
        return new S3Properties(
                URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort()),
                "us-east-1",
                KEY.accessKeyId(),
                KEY.secretAccessKey(),
                true);
    }

    /** Where an object lies on the disk. */
    public Path file(String bucket, String key) {
        return folder.resolve(bucket).resolve(key);
    }

    public S3Client client() {
        return S3Client.builder()
                .endpointOverride(properties().requireEndpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(KEY))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient S3ProxyHandler handler;

        private Servlet(S3ProxyHandler handler) {
            this.handler = handler;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                handler.doHandle(
                        request, request, response, request.getInputStream(), new S3ProxyHandler.RequestContext());
            } catch (RuntimeException e) {
                response.sendError(e.getMessage() != null && e.getMessage().contains("404") ? 404 : 500);
            }
        }
    }
}
