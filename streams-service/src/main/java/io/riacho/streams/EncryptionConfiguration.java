package io.riacho.streams;

import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.streams.encryption.AbsentKeys;
import io.riacho.streams.encryption.DataKeyStore;
import io.riacho.streams.encryption.KeyStates;
import io.riacho.streams.encryption.StreamKeys;
import io.riacho.streams.stream.StreamNaming;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys of encrypted streams, wired. Where there is no {@link KeyService} no stream can be encrypted. */
@Configuration(proxyBeanMethods = false)
class EncryptionConfiguration {

    @Bean
    KeyStates keyStates(ObjectProvider<KeyService> keyService) {
        return new KeyStates(keyService.getIfAvailable(AbsentKeys::new), System::nanoTime);
    }

    @Bean
    StreamKeys streamKeys(
            ObjectProvider<KeyService> keyService,
            KeyStates keyStates,
            DataSource dataSource,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clock) {
        return new StreamKeys(
                keyService.getIfAvailable(AbsentKeys::new),
                keyStates,
                new DataKeyStore(JdbcClient.create(dataSource)),
                new StreamNaming(protocol.accountId(), protocol.region()),
                clock.getIfAvailable(InstantSource::system),
                System::nanoTime);
    }
}
