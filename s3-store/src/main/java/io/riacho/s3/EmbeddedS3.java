package io.riacho.s3;

import io.riacho.s3.nio2blob.FolderBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.modeler.Registry;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * A running S3 endpoint, whose buckets are folders. What it answered with
 * 200 has been forced to the disk.
 */
public final class EmbeddedS3 implements AutoCloseable {

    static final String LOOPBACK = "127.0.0.1";

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int MAX_THREADS = 64;
    private static final int MAX_CONNECTIONS = 512;
    private static final int CONNECTION_MILLIS = 30_000;
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(20);
    /** Of the heap, for bodies that are held in memory. */
    private static final int BODY_SHARE = 8;

    private final Tomcat tomcat;
    private final Path workFolder;
    private final String host;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedS3(Tomcat tomcat, Path workFolder, String address) {
        this.tomcat = tomcat;
        this.workFolder = workFolder;
        this.host = address.equals("0.0.0.0") || address.equals("::") ? LOOPBACK : address;
    }

    /**
     * @param folder of the data; made where it is missing
     * @param address of the interface to listen on
     * @param port 0 for any that is free
     * @throws IllegalStateException where it cannot listen
     */
    static EmbeddedS3 start(Path folder, String address, int port, AccessKeys keys) {
        return start(folder, address, port, keys, Disk.REAL);
    }

    static EmbeddedS3 start(Path folder, String address, int port, AccessKeys keys, Disk disk) {
        try {
            Path data = folder.toAbsolutePath().normalize();
            BlobStore store = new PrivateBlobStore(new FolderBlobStore(
                    new StoreFiles(made(data.resolve("buckets")), made(data.resolve("unfinished")), disk).root()));
            S3Handler handler = new S3Handler(store, keys);
            BodyBudget bodies = new BodyBudget(Runtime.getRuntime().maxMemory() / BODY_SHARE, BODY_PATIENCE.toMillis());
            Path work = Files.createTempDirectory("riacho-s3-");
            Tomcat tomcat = tomcat(work, address, port, new S3Servlet(handler, bodies));
            EmbeddedS3 started = new EmbeddedS3(tomcat, work, address);
            try {
                tomcat.start();
            } catch (LifecycleException e) {
                started.close();
                throw new IllegalStateException(
                        "S3 cannot listen on port " + port + " of " + address
                                + ". Set riacho.s3.port to another, or riacho.s3.enabled to false.",
                        e);
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("S3 cannot keep its data in " + folder, e);
        }
    }

    /** Such as {@code http://127.0.0.1:4580}. */
    public URI endpoint() {
        return URI.create("http://" + host + ':' + tomcat.getConnector().getLocalPort());
    }

    /** Lets requests under way end, for a while. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            tomcat.stop();
            tomcat.destroy();
            deleteAll(workFolder);
        } catch (LifecycleException e) {
            throw new IllegalStateException("S3 did not stop", e);
        } catch (IOException e) {
            throw new UncheckedIOException("S3 left files in " + workFolder, e);
        }
    }

    private static Tomcat tomcat(Path work, String address, int port, S3Servlet servlet) {
        Registry.disableRegistry();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(work.toString());
        tomcat.getEngine().setName("s3");
        tomcat.getEngine().setBackgroundProcessorDelay(-1);
        tomcat.setConnector(connector(address, port));
        StandardContext context = (StandardContext) tomcat.addContext("", work.toString());
        // Its classes are the whole server's, and are not unloaded.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        Tomcat.addServlet(context, "s3", servlet);
        context.addServletMappingDecoded("/", "s3");
        return tomcat;
    }

    private static Connector connector(String address, int port) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        protocol.setMaxThreads(MAX_THREADS);
        protocol.setMinSpareThreads(1);
        protocol.setMaxConnections(MAX_CONNECTIONS);
        protocol.setConnectionTimeout(CONNECTION_MILLIS);
        protocol.setConnectionUploadTimeout(CONNECTION_MILLIS);
        protocol.setDisableUploadTimeout(false);
        // A client that is refused before its body was read hears why.
        protocol.setMaxSwallowSize(S3Handler.MAX_SIGNED_BODY_BYTES);
        // Keys may hold what paths of web pages may not.
        protocol.setRelaxedPathChars("\"<>[\\]^`{|}");
        protocol.setRelaxedQueryChars("\"<>[\\]^`{|}");
        Connector connector = new Connector(protocol);
        connector.setProperty("address", address);
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setMaxPostSize(0);
        return connector;
    }

    private static Path made(Path folder) throws IOException {
        return Files.createDirectories(folder, OWNER_ONLY);
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    deleteAll(entry);
                }
            }
        }
        Files.deleteIfExists(folder);
    }
}
