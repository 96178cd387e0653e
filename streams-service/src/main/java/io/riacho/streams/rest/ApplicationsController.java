package io.riacho.streams.rest;

import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.streams.application.Applications;
import io.riacho.streams.application.Applications.ApplicationView;
import io.riacho.streams.stream.StreamNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who reads streams: applications of KCL, Firehose and Analytics with their shards, workers, checkpoints and lag. */
@RestController
@RequestMapping(path = "/v1/applications", produces = MediaType.APPLICATION_JSON_VALUE)
public final class ApplicationsController {

    private final Applications applications;
    private final StreamNaming naming;

    public ApplicationsController(Applications applications, StreamNaming naming) {
        this.applications = applications;
        this.naming = naming;
    }

    /** All of them, or those of one name or stream. */
    @GetMapping
    ApplicationList list(
            @RequestParam @Nullable String name, @RequestParam @Nullable String stream, RequestContext context) {
        context.require(Permission.of(
                "riacho:ListApplications",
                "arn:aws:riacho:" + naming.region() + ":" + naming.accountId() + ":application/*",
                naming.accountId()));
        return new ApplicationList(applications.all().stream()
                .filter(application -> name == null || application.name().equals(name))
                .filter(application -> stream == null
                        || application.shards().stream().anyMatch(shard -> stream.equals(shard.stream())))
                .toList());
    }

    record ApplicationList(List<ApplicationView> applications) {}
}
