package io.riacho.auth.kms.provider;

/**
 * Wraps key material, so that it can be stored. It never leaves an implementation's hands but to be used: what is stored
 * is the wrapped form alone. Safe for use by many threads.
 */
public interface KeyProvider {

    /** What is stored beside the material it wrapped, so that the same provider is asked to unwrap it. */
    String name();

    /**
     * @param purpose what the material is and whose, so that nothing wrapped can take another's place
     * @throws ProviderException where the provider cannot be reached or refuses
     */
    byte[] wrap(byte[] material, String purpose);

    /** @throws ProviderException where it was not wrapped here for this purpose, or the provider cannot be reached */
    byte[] unwrap(byte[] wrapped, String purpose);
}
