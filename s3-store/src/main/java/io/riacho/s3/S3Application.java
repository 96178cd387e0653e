package io.riacho.s3;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Import;

/** Runs the S3 endpoint alone, on port 4580, for the root's access key. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(EmbeddedS3Configuration.class)
public class S3Application {

    public static void main(String[] args) {
        System.setProperty("spring.config.name", "s3-store");
        SpringApplication application = new SpringApplication(S3Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        // Spring's own threads are daemons, and Tomcat's, too.
        application.setKeepAlive(true);
        application.run(args);
    }
}
