package io.riacho.protocol.signature;

import io.riacho.protocol.SigningKeys;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Verifies signatures against the root access key alone, where nobody else gives {@link SigningKeys}. */
@Configuration(proxyBeanMethods = false)
public class RootCredentialsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SigningKeys rootSigningKeys(
            Environment environment,
            @Value("${riacho.data:./data}") Path dataFolder,
            @Value("${riacho.account-id:000000000000}") String accountId) {
        return RootSigningKeys.of(RootCredentials.of(environment::getProperty, dataFolder), accountId);
    }
}
