package io.riacho.standalone;

import io.riacho.analytics.bucket.OwnBuckets;
import io.riacho.firehose.destination.s3.S3Endpoint;
import io.riacho.s3.EmbeddedS3Configuration;
import io.riacho.s3.EmbeddedS3Starter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Has Firehose deliver to the S3 of this process, where there is one, and Analytics read from it. */
@Configuration(proxyBeanMethods = false)
@Import(EmbeddedS3Configuration.class)
class OwnS3Configuration {

    @Bean
    @ConditionalOnBean(EmbeddedS3Starter.class)
    S3Endpoint ownS3(EmbeddedS3Starter embeddedS3) {
        return embeddedS3::endpoint;
    }

    @Bean
    @ConditionalOnBean(EmbeddedS3Starter.class)
    OwnBuckets ownBuckets(EmbeddedS3Starter embeddedS3) {
        return embeddedS3::endpoint;
    }
}
