package io.milepost.analytics.measure;

import java.util.List;

/** Everything known of a user. Any number of threads. */
public interface UserTimeline {

    /**
     * All events of the user, those of his entries and messages included, in canonical order: by time, sequence, source
     * and id. Empty for who is not known, or no longer.
     */
    List<TimelineEvent> timeline(String userId);
}
