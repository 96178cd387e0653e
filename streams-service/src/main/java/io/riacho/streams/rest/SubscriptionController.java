package io.riacho.streams.rest;

import io.riacho.protocol.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reading as server-sent events. The request's own thread, a virtual one, writes them. */
@RestController
public final class SubscriptionController {

    private final Subscriptions subscriptions;

    public SubscriptionController(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GetMapping(path = "/v1/streams/{name}/records", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void subscribe(
            @PathVariable String name,
            @RequestParam @Nullable String shardId,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String after,
            @RequestParam @Nullable String as,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            RequestContext context,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        StartingPoint start = StartingPoint.of(shardId, lastEventId, from, after);
        RecordFormat format = RecordFormat.of(as);
        try (Subscription subscription = subscriptions.open(name, start, format, context)) {
            if (subscription.isAtEnd()) {
                // Tells readers not to come again.
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                return;
            }
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader("X-Accel-Buffering", "no");
            if (!request.getMethod().equals("HEAD")) {
                subscription.run(response.getOutputStream());
            }
        }
    }
}
