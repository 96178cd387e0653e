package io.riacho.streams.stream;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code streams.account_settings}; see {@link AccountSettings} for what the columns mean. */
@Entity
@Table(schema = "streams", name = "account_settings")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
class AccountSettingsEntity {

    @Id
    String accountId;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant endedAt;

    @Nullable
    Instant earliestAllowedEndAt;
}
