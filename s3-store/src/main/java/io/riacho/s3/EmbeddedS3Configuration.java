package io.riacho.s3;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Starts an S3 endpoint of our own, where {@code riacho.firehose.s3.endpoint} names no other. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "riacho.s3.enabled", havingValue = "true", matchIfMissing = true)
@ConditionalOnProperty(name = "riacho.firehose.s3.endpoint", havingValue = "none", matchIfMissing = true)
public class EmbeddedS3Configuration {

    private static final int USUAL_PORT = 4580;

    @Bean
    EmbeddedS3Starter embeddedS3(
            Environment environment,
            @Value("${riacho.data:./data}") Path dataFolder,
            @Value("${riacho.s3.folder:#{null}}") @Nullable Path folder,
            @Value("${riacho.s3.address:" + EmbeddedS3.LOOPBACK + "}") String address) {
        int serverPort = environment.getProperty("server.port", Integer.class, 4566);
        int port = environment.getProperty("riacho.s3.port", Integer.class, serverPort == 0 ? 0 : USUAL_PORT);
        AccessKeys keys = AccessKeys.of(environment, dataFolder);
        Path data = folder == null ? dataFolder.resolve("s3") : folder;
        return new EmbeddedS3Starter(() -> EmbeddedS3.start(data, address, port, keys));
    }
}
