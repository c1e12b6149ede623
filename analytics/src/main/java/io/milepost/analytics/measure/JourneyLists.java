package io.milepost.analytics.measure;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is behind the figures: a list has as many rows as its figure counts. Rows come by time, then by user, entry,
 * message and all else they tell, so that no order of arrival shows. Any number of threads.
 */
public interface JourneyLists {

    /**
     * A page of a list. Costs what the users of its days cost, or for failures of one reason and for rejections as
     * much as all of the list; holds no more than the page.
     *
     * @param after where the page before it ended; null = the first page
     */
    Page page(ListQuery query, @Nullable ListPosition after, int size);

    /**
     * All rows in order, found as they are taken; in memory are those of a day, or fewer. Holds no lock. Events that arrive
     * meanwhile show in the days that are still to come: then there may be other rows than {@link Rows#size} says.
     */
    Rows all(ListQuery query);

    /** A list: rows are told as they are taken. One thread. */
    interface Rows {

        /** The figure, when the rows were asked for. */
        int size();

        /** Those from that place on; what an earlier call gave is not to be used any more. Who goes back pays again. */
        Iterator<ListRow> from(int first);
    }

    /**
     * Part of a list.
     *
     * @param total rows of the whole list
     * @param end from where the next page goes on; null = there is none
     */
    record Page(List<ListRow> rows, long total, @Nullable ListPosition end) {}
}
