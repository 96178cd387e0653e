package io.riacho.protocol.signature;

/** The parts of a credential: {@code keyid/date/region/service/term}. */
record CredentialScope(String accessKeyId, String date, String region, String service, String terminator) {

    private static final String TERMINATOR = "aws4_request";

    static CredentialScope parse(String credential) {
        int[] slashes = new int[4];
        int position = -1;
        for (int i = 0; i < slashes.length; i++) {
            position = credential.indexOf('/', position + 1);
            if (position < 0) {
                throw SignatureErrors.malformedCredential(credential);
            }
            slashes[i] = position;
        }
        if (credential.indexOf('/', position + 1) >= 0) {
            throw SignatureErrors.malformedCredential(credential);
        }
        return new CredentialScope(
                credential.substring(0, slashes[0]),
                credential.substring(slashes[0] + 1, slashes[1]),
                credential.substring(slashes[1] + 1, slashes[2]),
                credential.substring(slashes[2] + 1, slashes[3]),
                credential.substring(slashes[3] + 1));
    }

    void check(SignedAt signedAt, String expectedRegion, String expectedService) {
        String day = signedAt.day();
        if (region.equals(expectedRegion)
                && service.equals(expectedService)
                && terminator.equals(TERMINATOR)
                && date.equals(day)) {
            return;
        }
        StringBuilder problems = new StringBuilder();
        if (!region.equals(expectedRegion)) {
            problems.append("Credential should be scoped to a valid region, not '")
                    .append(region)
                    .append("'. ");
        }
        if (!service.equals(expectedService)) {
            problems.append("Credential should be scoped to correct service: '")
                    .append(expectedService)
                    .append("'. ");
        }
        if (!terminator.equals(TERMINATOR)) {
            problems.append("Credential should be scoped with a valid terminator: 'aws4_request', not '")
                    .append(terminator)
                    .append("'. ");
        }
        if (!date.equals(day)) {
            problems.append(
                            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '")
                    .append(date)
                    .append("' != '")
                    .append(day)
                    .append("', from '")
                    .append(signedAt.text())
                    .append("'.");
        }
        throw SignatureErrors.wrongScope(problems.toString());
    }

    /** The scope as it is signed: without the access key. */
    String text() {
        return date + '/' + region + '/' + service + '/' + terminator;
    }
}
