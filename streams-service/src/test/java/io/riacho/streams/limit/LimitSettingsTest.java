package io.riacho.streams.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.limit.LimitSettings.ForStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitSettingsTest {

    @Test
    void withoutConfigurationAStreamHasTheLimitsOfAws() {
        assertThat(bound(Map.of()).throughputOf("clicks")).isEqualTo(Throughput.OF_AWS);
    }

    @Test
    void whatIsSetForAllStreamsCountsForEach() {
        LimitSettings settings = bound(Map.of("limits.write-records-per-second", "50"));

        assertThat(settings.throughputOf("clicks")).isEqualTo(new Throughput(true, 1 << 20, 50, 2 << 20, 5));
    }

    @Test
    void whatIsSetForOneStreamCountsForItAloneAndTheRestIsAsForAll() {
        LimitSettings settings = bound(
                Map.of("limits.read-calls-per-second", "7", "limits.streams.clicks.write-bytes-per-second", "2048"));

        assertThat(settings.throughputOf("clicks")).isEqualTo(new Throughput(true, 2048, 1000, 2 << 20, 7));
        assertThat(settings.throughputOf("views")).isEqualTo(new Throughput(true, 1 << 20, 1000, 2 << 20, 7));
    }

    @Test
    void aStreamsNameMayHaveDotsAndCapitals() {
        LimitSettings settings = bound(Map.of("limits.streams[My.Clicks_1].write-records-per-second", "3"));

        assertThat(settings.throughputOf("My.Clicks_1").writeRecords()).isEqualTo(3);
    }

    @Test
    void oneStreamMayBeWithoutLimits() {
        LimitSettings settings = bound(Map.of("limits.streams.clicks.enabled", "false"));

        assertThat(settings.throughputOf("clicks").limited()).isFalse();
        assertThat(settings.throughputOf("views").limited()).isTrue();
    }

    @Test
    void oneStreamMayHaveLimitsWhereTheOthersHaveNone() {
        ForStream own = new ForStream(true, null, null, null, null);
        LimitSettings settings = new LimitSettings(false, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Map.of("clicks", own));

        assertThat(settings.throughputOf("clicks")).isEqualTo(new Throughput(true, 1, 2, 3, 4));
        assertThat(settings.throughputOf("views")).isEqualTo(Throughput.UNLIMITED);
    }

    private static LimitSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("limits", Bindable.of(LimitSettings.class));
    }
}
