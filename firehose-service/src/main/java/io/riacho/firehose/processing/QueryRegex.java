package io.riacho.firehose.processing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Region;
import org.joni.exception.JOniException;

/**
 * Regular expressions in queries. jackson-jq's own search cannot be stopped, and some expressions take for ever.
 *
 * @see <a href="https://jqlang.org/manual/v1.6/#regular-expressions-PCRE">jq 1.6's manual</a>
 */
final class QueryRegex {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What a search throws when its time is over, always the same one; any other means that the thread is to stop. */
    private static final Object TIMEOUT = timeout();

    private record Group(int begin, int end) {

        boolean matched() {
            return begin >= 0;
        }
    }

    /** The whole, and behind it the groups. */
    private record Match(List<Group> groups) {

        Group whole() {
            return groups.getFirst();
        }
    }

    private QueryRegex() {}

    /** Replaces what {@code test}, {@code match}, {@code capture}, {@code scan}, {@code sub} and so on are made of. */
    static void addTo(Scope scope) {
        scope.addFunction("_match_impl", 3, (inner, args, in, path, output, version) -> {
            String text = text(in);
            args.get(2)
                    .apply(
                            inner,
                            in,
                            test -> args.get(1)
                                    .apply(
                                            inner,
                                            in,
                                            flags -> args.get(0)
                                                    .apply(
                                                            inner,
                                                            in,
                                                            regex -> output.emit(
                                                                    match(text, regex, flags, test.asBoolean()),
                                                                    null))));
        });
        scope.addFunction("_sub_impl", 3, (inner, args, in, path, output, version) -> {
            String text = text(in);
            args.get(2)
                    .apply(
                            inner,
                            in,
                            flags -> args.get(0)
                                    .apply(
                                            inner,
                                            in,
                                            regex -> substitute(
                                                    inner, text, pattern(regex, flags), args.get(1), output)));
        });
    }

    private static String text(JsonNode in) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryException("%s cannot be matched, as it is not a string", in);
        }
        return in.textValue();
    }

    private static OnigUtils.Pattern pattern(JsonNode regex, JsonNode flags) throws JsonQueryException {
        if (!regex.isTextual() || !(flags.isTextual() || flags.isNull())) {
            throw new JsonQueryException("A regular expression and its flags have to be strings");
        }
        try {
            return new OnigUtils.Pattern(regex.textValue(), flags.isNull() ? null : flags.textValue());
        } catch (JOniException e) {
            throw new JsonQueryException("%s (at offset 0) is not a valid regex: %s", regex, e.getMessage());
        }
    }

    private static JsonNode match(String text, JsonNode regex, JsonNode flags, boolean test) throws JsonQueryException {
        OnigUtils.Pattern pattern = pattern(regex, flags);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Match> matches = find(bytes, pattern, pattern.global && !test);
        if (test) {
            return BooleanNode.valueOf(!matches.isEmpty());
        }
        ArrayNode result = NODES.arrayNode();
        Positions positions = new Positions(bytes);
        for (Match match : matches) {
            ObjectNode object = describe(bytes, match.whole(), positions);
            ArrayNode captures = object.putArray("captures");
            for (int i = 1; i < match.groups().size(); i++) {
                captures.add(describe(bytes, match.groups().get(i), positions).put("name", pattern.names[i]));
            }
            result.add(object);
        }
        return result;
    }

    private static ObjectNode describe(byte[] bytes, Group group, Positions positions) {
        ObjectNode object = NODES.objectNode();
        if (!group.matched()) {
            return object.put("offset", -1).put("length", 0).putNull("string");
        }
        int offset = positions.of(group.begin());
        return object.put("offset", offset)
                .put("length", positions.of(group.end()) - offset)
                .put("string", string(bytes, group.begin(), group.end()));
    }

    private static void substitute(
            Scope scope, String text, OnigUtils.Pattern pattern, Expression replacement, PathOutput output)
            throws JsonQueryException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Match> matches = find(bytes, pattern, pattern.global);
        List<StringBuilder> results = List.of(new StringBuilder());
        int position = 0;
        for (Match match : matches) {
            String between = string(bytes, position, match.whole().begin());
            position = match.whole().end();
            List<StringBuilder> longer = new ArrayList<>();
            for (StringBuilder result : results) {
                replacement.apply(scope, captures(bytes, match, pattern), value -> {
                    if (!value.isTextual()) {
                        throw new JsonQueryException("%s cannot be added to a string", value);
                    }
                    StringBuilder next =
                            new StringBuilder(result).append(between).append(value.textValue());
                    QueryBudget.CURRENT.get().make(1 + next.length() / 32.0);
                    longer.add(next);
                });
            }
            results = longer;
        }
        String rest = string(bytes, position, bytes.length);
        for (StringBuilder result : results) {
            output.emit(TextNode.valueOf(result.append(rest).toString()), null);
        }
    }

    private static ObjectNode captures(byte[] bytes, Match match, OnigUtils.Pattern pattern) {
        ObjectNode captures = NODES.objectNode();
        for (int i = 1; i < match.groups().size(); i++) {
            String name = pattern.names[i];
            Group group = match.groups().get(i);
            if (name != null) {
                captures.put(name, group.matched() ? string(bytes, group.begin(), group.end()) : null);
            }
        }
        return captures;
    }

    private static List<Match> find(byte[] bytes, OnigUtils.Pattern pattern, boolean all) {
        QueryBudget budget = QueryBudget.CURRENT.get();
        List<Match> matches = new ArrayList<>();
        int offset = 0;
        while (offset <= bytes.length) {
            budget.charge(1 + bytes.length / 64);
            Matcher matcher = pattern.regex.matcher(bytes, 0, bytes.length, budget.left());
            if (!search(matcher, offset, bytes.length)) {
                break;
            }
            Match match = read(matcher);
            budget.charge(match.groups().size());
            matches.add(match);
            if (!all) {
                break;
            }
            int end = match.whole().end();
            offset = end > match.whole().begin() ? end : next(bytes, end);
        }
        return matches;
    }

    private static boolean search(Matcher matcher, int offset, int length) {
        try {
            return matcher.searchInterruptible(offset, length, Option.NONE) >= 0;
        } catch (InterruptedException e) {
            // Either the time is over, or the thread was told to stop; then whoever waits for it is to notice, too.
            if (e != TIMEOUT) {
                Thread.currentThread().interrupt();
            }
            throw new QueryBudget.Exceeded("it takes too long");
        }
    }

    private static Object timeout() {
        try {
            Field field = Matcher.class.getDeclaredField("TIMEOUT_EXCEPTION");
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Match read(Matcher matcher) {
        List<Group> groups = new ArrayList<>();
        groups.add(new Group(matcher.getBegin(), matcher.getEnd()));
        Region region = matcher.getRegion();
        if (region != null) {
            for (int i = 1; i < region.getNumRegs(); i++) {
                groups.add(new Group(region.getBeg(i), region.getEnd(i)));
            }
        }
        return new Match(groups);
    }

    /** Where the next character begins. */
    private static int next(byte[] bytes, int position) {
        int next = position + 1;
        while (next < bytes.length && (bytes[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    private static String string(byte[] bytes, int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** Counts characters as jq does, by code points. Asked for places that mostly grow. */
    private static final class Positions {

        private final byte[] bytes;
        private int place;
        private int characters;

        Positions(byte[] bytes) {
            this.bytes = bytes;
        }

        int of(int index) {
            if (index < place) {
                place = 0;
                characters = 0;
            }
            for (; place < index; place++) {
                if ((bytes[place] & 0xC0) != 0x80) {
                    characters++;
                }
            }
            return characters;
        }
    }
}
