package io.riacho.usage.rest;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.rest.RestBody;
import io.riacho.usage.hours.Price;
import io.riacho.usage.hours.PriceList;
import io.riacho.usage.meter.Meter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** A price list as it is put. */
record PriceForm(
        @Nullable String currency,
        @Nullable String note,
        @Nullable List<@Nullable Entry> prices) {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int LONGEST_NOTE = 1_000;
    private static final int MOST_DIGITS = 30;
    private static final int MOST_DECIMALS = 18;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    record Entry(
            @Nullable String meter,
            @Nullable BigDecimal price,
            @Nullable BigDecimal per) {}

    /** @throws AwsException where the body is not an object of that form */
    static PriceForm read(RestBody body) {
        if (body.length() == 0) {
            throw UsageErrors.malformed();
        }
        try {
            PriceForm form = MAPPER.readerFor(PriceForm.class).readValue(body.array(), 0, body.length());
            if (form == null) {
                throw UsageErrors.malformed();
            }
            return form;
        } catch (UnrecognizedPropertyException e) {
            throw UsageErrors.invalid("The body has a member that is not known: '" + e.getPropertyName() + "'.");
        } catch (JacksonException e) {
            throw UsageErrors.malformed();
        }
    }

    /** @throws AwsException where something in it is not valid */
    PriceList list(Map<String, Meter> meters, Instant now) {
        if (currency == null || !CURRENCY.matcher(currency).matches()) {
            throw UsageErrors.invalid("'currency' has to have three capital letters, such as USD.");
        }
        String text = note == null ? "" : note;
        if (text.length() > LONGEST_NOTE || text.indexOf('\0') >= 0) {
            throw UsageErrors.invalid("'note' has to be a text of " + LONGEST_NOTE + " characters at the most.");
        }
        if (prices == null) {
            throw UsageErrors.invalid("'prices' is missing.");
        }
        Map<String, Price> found = new HashMap<>();
        for (Entry entry : prices) {
            Meter meter = entry == null || entry.meter() == null ? null : meters.get(entry.meter());
            if (entry == null || meter == null) {
                throw UsageErrors.invalid("A price is for no meter of this server"
                        + (entry == null || entry.meter() == null ? "." : ": '" + shortened(entry.meter()) + "'."));
            }
            if (found.put(meter.name(), price(meter, entry)) != null) {
                throw UsageErrors.invalid("There are two prices for '" + meter.name() + "'.");
            }
        }
        return new PriceList(currency, text, now, found);
    }

    private static Price price(Meter meter, Entry entry) {
        BigDecimal price = entry.price();
        BigDecimal per = entry.per() == null ? BigDecimal.valueOf(meter.usualPer()) : entry.per();
        if (price == null || price.signum() < 0 || !isPlausible(price)) {
            throw UsageErrors.invalid("The price of '" + meter.name()
                    + "' has to be a number that is not negative, with " + MOST_DECIMALS + " decimals at the most.");
        }
        if (per.signum() <= 0 || !isPlausible(per)) {
            throw UsageErrors.invalid("'per' of '" + meter.name() + "' has to be a positive number.");
        }
        return new Price(price, per);
    }

    /** Few enough digits to reckon with. */
    private static boolean isPlausible(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && number.scale() <= MOST_DECIMALS && number.scale() >= -MOST_DECIMALS;
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
