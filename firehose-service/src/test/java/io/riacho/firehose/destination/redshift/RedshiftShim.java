package io.riacho.firehose.destination.redshift;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * No Redshift: a PostgreSQL, with as much before it as Redshift's driver needs to talk to it. Parameters at the start that PostgreSQL does not
 * know are left out, and a {@code COPY} of JSON from a manifest becomes an {@code INSERT} of what the manifest's objects have in them.
 */
final class RedshiftShim implements AutoCloseable {

    private static final Set<String> KNOWN = Set.of(
            "user", "database", "client_encoding", "DateStyle", "TimeZone", "application_name", "extra_float_digits");
    private static final Pattern COPY = Pattern.compile(
            "COPY (\\S+) \\((.*)\\) FROM 's3://(.+)' IAM_ROLE '(.+)' MANIFEST (.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final JsonMapper JSON = new JsonMapper();

    private final ServerSocket server;
    private final int postgres;
    private final S3Client s3;
    private final List<String> copies = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    RedshiftShim(int postgres, S3Client s3) throws IOException {
        this.postgres = postgres;
        this.s3 = s3;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The commands that came. */
    List<String> copies() {
        return copies;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket real = new Socket(InetAddress.getLoopbackAddress(), postgres);
                sockets.add(client);
                sockets.add(real);
                Thread.ofVirtual().start(() -> forward(client, real));
                Thread.ofVirtual().start(() -> back(real, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void back(Socket real, Socket client) {
        try (real;
                client) {
            real.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // One of both has gone.
        }
    }

    private void forward(Socket client, Socket real) {
        try (client;
                real) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(real.getOutputStream());
            start(in.readNBytes(in.readInt() - 4), out);
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = in.readNBytes(in.readInt() - 4);
                byte[] sent = type == 'P' ? parse(body) : body;
                out.writeByte(type);
                out.writeInt(sent.length + 4);
                out.write(sent);
                out.flush();
            }
        } catch (IOException e) {
            // One of both has gone.
        }
    }

    private static void start(byte[] body, DataOutputStream out) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        DataOutputStream keep = new DataOutputStream(kept);
        keep.writeInt(in.readInt());
        for (String name = text(in); !name.isEmpty(); name = text(in)) {
            String value = text(in);
            if (KNOWN.contains(name)) {
                keep.write((name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
            }
        }
        keep.writeByte(0);
        out.writeInt(kept.size() + 4);
        kept.writeTo(out);
        out.flush();
    }

    private static String text(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b > 0; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A {@code Parse}: the statement's name, its text, and the rest. */
    private byte[] parse(byte[] body) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(body);
        String name = text(in);
        String sql = text(in);
        Matcher copy = COPY.matcher(sql);
        if (!copy.matches()) {
            return body;
        }
        copies.add(sql);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((name + "\0" + insert(copy) + "\0").getBytes(StandardCharsets.UTF_8));
        in.transferTo(out);
        return out.toByteArray();
    }

    private String insert(Matcher copy) throws IOException {
        JsonNode manifest = JSON.readTree(object(copy.group(3)));
        StringBuilder array = new StringBuilder();
        for (JsonNode entry : manifest.get("entries")) {
            URI url = URI.create(entry.get("url").stringValue());
            InputStream data = new ByteArrayInputStream(object(url.getHost() + url.getPath()));
            byte[] records =
                    copy.group(5).contains("GZIP") ? new GZIPInputStream(data).readAllBytes() : data.readAllBytes();
            array.append(new String(records, StandardCharsets.UTF_8).strip().replace("\n", ","));
        }
        String columns = copy.group(2);
        return "insert into " + copy.group(1) + " (" + columns + ") select " + columns
                + " from jsonb_populate_recordset(null::" + copy.group(1) + ", '["
                + array.toString().replace("'", "''") + "]')";
    }

    private byte[] object(String path) {
        int slash = path.indexOf('/');
        return s3.getObjectAsBytes(get -> get.bucket(path.substring(0, slash)).key(path.substring(slash + 1)))
                .asByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
