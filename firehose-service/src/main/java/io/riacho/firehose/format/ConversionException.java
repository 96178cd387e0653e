package io.riacho.firehose.format;

/** A record cannot be converted. Its text is written into the error record: it names columns and types, never values. */
final class ConversionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    private ConversionException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** It is no JSON. */
    static ConversionException malformed(String why) {
        return new ConversionException("DataFormatConversion.ParseError", "Encountered malformed JSON. " + why);
    }

    /** It is JSON that the table's columns have no room for. */
    static ConversionException misfit(String why) {
        return new ConversionException("DataFormatConversion.MalformedData", "Data does not match the schema. " + why);
    }

    String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
