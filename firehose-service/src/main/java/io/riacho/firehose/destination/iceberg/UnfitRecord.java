package io.riacho.firehose.destination.iceberg;

/** A record that does not fit its table. Its text is shown to users. */
final class UnfitRecord extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    UnfitRecord(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
