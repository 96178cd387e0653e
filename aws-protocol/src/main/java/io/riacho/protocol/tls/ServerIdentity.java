package io.riacho.protocol.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate with its private key, which belong together. Its text form hides the key. */
final class ServerIdentity {

    /** The key store lives in memory only, but has to have a password. */
    static final String PASSWORD = "memory";

    private static final String ALIAS = "server";
    private static final byte[] SAMPLE = {1, 2, 3, 4, 5, 6, 7, 8};

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * @param chain the server's certificate first
     * @throws GeneralSecurityException where the key is another certificate's
     */
    static ServerIdentity of(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate");
        }
        if (!isPair(chain.getFirst(), key)) {
            throw new GeneralSecurityException("the private key does not belong to the certificate");
        }
        return new ServerIdentity(chain, key);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    /** @throws GeneralSecurityException where the certificate is not valid at that time */
    ServerIdentity requireValidAt(Instant time) throws GeneralSecurityException {
        Instant from = certificate().getNotBefore().toInstant();
        if (time.isBefore(from) || time.isAfter(notAfter())) {
            throw new GeneralSecurityException("the certificate is valid from " + from + " to " + notAfter() + " only");
        }
        return this;
    }

    KeyStore keyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("nothing was read", e);
        }
        store.setKeyEntry(ALIAS, key, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
        return store;
    }

    /** By what is shown. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerIdentity that && chain.equals(that.chain);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }

    @Override
    public String toString() {
        return "ServerIdentity[" + certificate().getSubjectX500Principal() + " until " + notAfter() + "]";
    }

    private static boolean isPair(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(SAMPLE);
        return signature.verify(signed);
    }
}
