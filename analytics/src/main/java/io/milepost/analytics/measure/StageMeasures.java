package io.milepost.analytics.measure;

import io.milepost.analytics.cell.Series;
import io.milepost.analytics.cell.UserUnion;
import io.milepost.analytics.cell.What;
import io.milepost.spi.JourneyDefinition;
import java.util.List;

/** The measures of one stage; by cohort whatever the basis. */
final class StageMeasures {

    private final Selection selection;
    private final int place;

    /** @param place of the stage among those of the journey, from 0 */
    StageMeasures(Selection selection, int place) {
        this.selection = selection;
        this.place = place;
    }

    StageFigures figures(JourneyDefinition.Stage stage) {
        long entered = users(What.STAGE_ENTERED).size();
        long completed = users(What.STAGE_COMPLETED).size();
        long waiting = waitingUsers().size();
        long dropped = entered - completed - waiting;
        return new StageFigures(
                stage.id(),
                stage.name(),
                entered,
                completed,
                waiting,
                dropped,
                Rate.of(completed, entered),
                Rate.of(dropped, entered));
    }

    /** What is behind one of the stage's lists. */
    Behind behind(ListMeasure list) {
        return switch (list) {
            case ENTERED_STAGE -> only(What.STAGE_ENTERED, users(What.STAGE_ENTERED));
            case COMPLETED_STAGE -> only(What.STAGE_COMPLETED, users(What.STAGE_COMPLETED));
            case WAITING_IN_STAGE -> only(What.STAGE_ACTIVE, waitingUsers());
            case DROPPED_IN_STAGE ->
                only(
                        What.STAGE_ENTERED,
                        users(What.STAGE_ENTERED)
                                .without(users(What.STAGE_COMPLETED))
                                .without(waitingUsers()));
            default -> throw new IllegalArgumentException("no cells of a stage are behind " + list);
        };
    }

    private Behind only(What what, UserUnion users) {
        return Behind.ofUsers(selection.cohort(), series(what), () -> users, series(What.STAGE_ENTERED));
    }

    private UserUnion waitingUsers() {
        return users(What.STAGE_ACTIVE).without(users(What.STAGE_COMPLETED));
    }

    private UserUnion users(What what) {
        return selection.cohort().users(series(what));
    }

    private List<Series> series(What what) {
        return selection.cohort().series(what).stream()
                .filter(series -> series.key().x() == place)
                .toList();
    }
}
