package io.riacho.firehose.destination.splunk;

import io.riacho.firehose.destination.web.TestServer;
import io.riacho.firehose.destination.web.TestServer.Question;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A collector as Splunk's public documentation describes it: tokens, channels, events one behind the other, raw lines,
 * acknowledgements that come later and are told once. It is no Splunk.
 */
final class TestHec implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final String token;
    private final List<byte[]> indexed = new ArrayList<>();
    private final Set<Long> unacknowledged = ConcurrentHashMap.newKeySet();
    private long nextAck;
    private int pollsUntilAck;
    private int busy;
    private boolean acknowledges = true;
    private boolean losesAcks;
    private boolean forgetsChannels;

    TestHec(String token) throws IOException {
        this.token = token;
        this.server = TestServer.doing(this::answer);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.url().getPort());
    }

    List<Question> questions() {
        return server.questions();
    }

    synchronized List<byte[]> indexed() {
        return List.copyOf(indexed);
    }

    /** How often the next requests for data are answered with the code for a server that is busy. */
    synchronized void beBusy(int times) {
        busy = times;
    }

    synchronized void acknowledgeAfter(int polls) {
        pollsUntilAck = polls;
    }

    synchronized void loseAcknowledgements() {
        losesAcks = true;
    }

    synchronized void acknowledgeNothing() {
        acknowledges = false;
    }

    /** As a node does that restarted, or another one behind a proxy. */
    synchronized void forgetChannels() {
        forgetsChannels = true;
    }

    private synchronized void answer(Question question) throws IOException {
        if (!question.header("Authorization").equals("Splunk " + token)) {
            say(question, 403, 4, "Invalid token " + question.header("Authorization"));
            return;
        }
        if (question.header("X-Splunk-Request-Channel").isEmpty()) {
            say(question, 400, 10, "Data channel is missing");
            return;
        }
        switch (question.uri().getPath()) {
            case "/services/collector/event" -> events(question);
            case "/services/collector/raw" -> raw(question);
            case "/services/collector/ack" -> acks(question);
            default ->
                question.json(404, "{\"text\":\"The requested URL was not found on this server.\",\"code\":404}");
        }
    }

    private void events(Question question) throws IOException {
        if (isBusy(question)) {
            return;
        }
        List<byte[]> events = new ArrayList<>();
        try (MappingIterator<JsonNode> nodes = JSON.readerFor(JsonNode.class).<JsonNode>readValues(question.body())) {
            while (nodes.hasNext()) {
                JsonNode event = nodes.next();
                if (!event.has("event")) {
                    question.json(
                            400,
                            "{\"text\":\"Event field is required\",\"code\":12,\"invalid-event-number\":"
                                    + events.size() + "}");
                    return;
                }
                events.add(event.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        take(question, events);
    }

    private void raw(Question question) throws IOException {
        if (isBusy(question)) {
            return;
        }
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        byte[] body = question.body();
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                lines.add(java.util.Arrays.copyOfRange(body, begin, i));
                begin = i + 1;
            }
        }
        take(question, lines);
    }

    private boolean isBusy(Question question) throws IOException {
        if (busy == 0) {
            return false;
        }
        busy--;
        say(question, 503, 9, "Server is busy");
        return true;
    }

    private void take(Question question, List<byte[]> events) throws IOException {
        indexed.addAll(events);
        question.setHeader("Set-Cookie", "node=one; Path=/; HttpOnly");
        ObjectNode answer = JSON.createObjectNode().put("text", "Success").put("code", 0);
        if (acknowledges) {
            answer.put("ackId", nextAck);
            if (!losesAcks) {
                unacknowledged.add(nextAck);
            }
            nextAck++;
        }
        question.json(200, answer.toString());
    }

    private void acks(Question question) throws IOException {
        if (!acknowledges) {
            say(question, 400, 14, "ACK is disabled");
            return;
        }
        if (forgetsChannels
                || !String.valueOf(question.uri().getQuery())
                        .equals("channel=" + question.header("X-Splunk-Request-Channel"))) {
            say(question, 400, 11, "Invalid data channel");
            return;
        }
        ObjectNode acks = JSON.createObjectNode();
        boolean indexedYet = nextAck == 0 || pollsUntilAck-- <= 0;
        for (Iterator<JsonNode> ids = JSON.readTree(question.body()).get("acks").iterator(); ids.hasNext(); ) {
            long id = ids.next().longValue();
            acks.put(String.valueOf(id), indexedYet && unacknowledged.remove(id));
        }
        question.json(200, JSON.createObjectNode().set("acks", acks).toString());
    }

    private static void say(Question question, int status, int code, String text) throws IOException {
        question.json(
                status,
                JSON.createObjectNode().put("text", text).put("code", code).toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
