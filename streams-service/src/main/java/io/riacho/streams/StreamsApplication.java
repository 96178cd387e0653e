package io.riacho.streams;

import io.riacho.protocol.authority.AuthorityConfiguration;
import io.riacho.protocol.signature.RootCredentialsConfiguration;
import io.riacho.streams.backup.StreamsBackupCommand;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Runs Kinesis Data Streams alone, on port 4567, with the PostgreSQL that {@code SPRING_DATASOURCE_URL} names and the
 * identities of the auth-service at {@code riacho.authority.url}; without that, with the root's access key alone.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({AuthorityConfiguration.class, StreamsConfiguration.class, RootCredentialsConfiguration.class})
public class StreamsApplication {

    /** @param args {@code backup TO}, or properties of the server */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("backup")) {
            System.exit(StreamsBackupCommand.run(Arrays.copyOfRange(args, 1, args.length), System.out, System.err));
        }
        SpringApplication application = new SpringApplication(StreamsApplication.class);
        System.setProperty("spring.config.name", "streams-service");
        application.run(args);
    }
}
