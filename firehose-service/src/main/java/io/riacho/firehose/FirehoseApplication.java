package io.riacho.firehose;

import io.riacho.protocol.authority.AuthorityConfiguration;
import io.riacho.protocol.signature.RootCredentialsConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Runs Firehose alone, on port 4568, with the PostgreSQL that {@code SPRING_DATASOURCE_URL} names, the Kinesis at
 * {@code riacho.firehose.kinesis}, the S3 at {@code riacho.firehose.s3.endpoint}, and the identities of the auth-service at
 * {@code riacho.authority.url}; without that, with the root's access key alone.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({AuthorityConfiguration.class, FirehoseConfiguration.class, RootCredentialsConfiguration.class})
public class FirehoseApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(FirehoseApplication.class);
        System.setProperty("spring.config.name", "firehose-service");
        application.run(args);
    }
}
