package io.milepost.analytics.event;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;

/** XXH3 of (account, source, id), each with its length, so that no two triples share a spelling. One thread at a time. */
final class EventIdentity {

    private final HashStream128 hash = Hashing.xxh3_128().hashStream();
    private final long account;

    EventIdentity(long account) {
        this.account = account;
    }

    void identify(AcceptedEvent event) {
        HashValue128 value = hash.reset()
                .putLong(account)
                .putString(event.source)
                .putString(event.id)
                .get();
        event.identityHigh = value.getMostSignificantBits();
        event.identityLow = value.getLeastSignificantBits();
    }
}
