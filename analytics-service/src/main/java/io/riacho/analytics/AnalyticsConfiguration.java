package io.riacho.analytics;

import io.riacho.analytics.runtime.RuntimeConfiguration;
import io.riacho.protocol.rest.RestConfiguration;
import io.riacho.protocol.server.AwsProtocolConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Analytics, wired. Needs a {@code DataSource} and the {@code SigningKeys} of the wire. */
@Configuration(proxyBeanMethods = false)
@Import({AwsProtocolConfiguration.class, RestConfiguration.class, RuntimeConfiguration.class})
public class AnalyticsConfiguration {}
