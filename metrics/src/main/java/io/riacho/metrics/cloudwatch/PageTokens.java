package io.riacho.metrics.cloudwatch;

import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where the next page begins. Nothing is kept for a token, and none tells more than its page did: a made-up one that can
 * be read is as good as one that was given out.
 */
final class PageTokens {

    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_DIMENSIONS = 30;

    private PageTokens() {}

    static String of(Metric last) {
        List<byte[]> texts = new ArrayList<>();
        texts.add(last.namespace().getBytes(StandardCharsets.UTF_8));
        texts.add(last.name().getBytes(StandardCharsets.UTF_8));
        for (Dimension dimension : last.dimensions()) {
            texts.add(dimension.name().getBytes(StandardCharsets.UTF_8));
            texts.add(dimension.value().getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer token = ByteBuffer.allocate(
                texts.stream().mapToInt(text -> 2 + text.length).sum());
        texts.forEach(text -> token.putShort((short) text.length).put(text));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    static Metric metric(String token) {
        ByteBuffer bytes = ByteBuffer.wrap(decoded(token));
        List<String> texts = new ArrayList<>();
        while (bytes.hasRemaining() && texts.size() <= 2 + 2 * MAX_DIMENSIONS) {
            int length = bytes.remaining() < 2 ? -1 : bytes.getShort();
            if (length < 0 || length > bytes.remaining()) {
                throw CloudWatchErrors.invalidToken();
            }
            byte[] text = new byte[length];
            bytes.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        if (bytes.hasRemaining() || texts.size() < 2 || texts.size() % 2 != 0) {
            throw CloudWatchErrors.invalidToken();
        }
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = 2; i < texts.size(); i += 2) {
            dimensions.add(new Dimension(texts.get(i), texts.get(i + 1)));
        }
        return new Metric(texts.get(0), texts.get(1), dimensions);
    }

    static String of(int position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(4).putInt(position).array());
    }

    static int position(String token) {
        byte[] bytes = decoded(token);
        int position = bytes.length == 4 ? ByteBuffer.wrap(bytes).getInt() : -1;
        if (position < 0) {
            throw CloudWatchErrors.invalidToken();
        }
        return position;
    }

    private static byte[] decoded(String token) {
        try {
            if (token.length() <= MAX_LENGTH) {
                return Base64.getUrlDecoder().decode(token);
            }
        } catch (IllegalArgumentException e) {
            // No token either.
        }
        throw CloudWatchErrors.invalidToken();
    }
}
