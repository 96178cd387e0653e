package io.riacho.firehose;

import io.riacho.access.OwnTls;
import io.riacho.protocol.tls.ClientTls;
import io.riacho.protocol.tls.TlsProperties;
import java.nio.file.Path;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** How Firehose trusts the Kinesis that it reads, and is trusted by it. */
final class KinesisTls {

    private KinesisTls() {}

    /**
     * @param ownFolder where this server has its own certificates
     * @throws InvalidConfigurationPropertyValueException where this server would not come through to itself
     */
    static ClientTls of(FirehoseProperties firehose, TlsProperties tls, Path ownFolder, boolean isHttpEnabled) {
        OwnTls own = OwnTls.of(firehose.kinesis(), isHttpEnabled, tls, ownFolder);
        if (own.needsName()) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.firehose.kinesis",
                    null,
                    "It has to be given, as the HTTPS URL of this server by a name of its certificate,"
                            + " where riacho.http.enabled is false and riacho.tls.certificate is given.");
        }
        if (own.needsClientCertificate() && firehose.kinesisCertificate() == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.firehose.kinesis-certificate",
                    null,
                    "It has to be given where riacho.http.enabled is false and riacho.tls.client-auth is need:"
                            + " Firehose is a client of this server's, too.");
        }
        return new ClientTls(
                own.authority(firehose.kinesisCa()), firehose.kinesisCertificate(), firehose.kinesisPrivateKey());
    }
}
