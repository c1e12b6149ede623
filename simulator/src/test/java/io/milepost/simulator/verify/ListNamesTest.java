package io.milepost.simulator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.milepost.simulator.truth.ListName;
import io.milepost.simulator.truth.Thing;
import org.junit.jupiter.api.Test;

class ListNamesTest {

    @Test
    void everyFigureThatCountsLeadsToItsList() {
        assertThat(ListNames.behind("summary", "entries")).isEqualTo(new ListName("entries", null));
        assertThat(ListNames.behind("summary", "conversionRate.denominator"))
                .isEqualTo(new ListName("entryUsers", null));
        assertThat(ListNames.behind("summary", "goalValue.EUR")).isEqualTo(new ListName("goalEvents", null));
        assertThat(ListNames.behind("nodes", "push: dropOffRate.numerator")).isEqualTo(new ListName("dropped", "push"));
        assertThat(ListNames.behind("nodes", "push: engagements.clicked"))
                .isEqualTo(new ListName("engagements.clicked.count", "push"));
        assertThat(ListNames.behind("nodes", "push: duration.p90")).isEqualTo(new ListName("duration", "push"));
        assertThat(ListNames.behind("transitions", "a → b by flow-1: count"))
                .isEqualTo(new ListName("entryCount", "b"));
        assertThat(ListNames.behind("stages", "asked: enteredUsers")).isNull();
    }

    @Test
    void aListTellsOfWhatItsFigureCounts() {
        assertThat(new ListName("entryUserCount", "push").thing()).isEqualTo(Thing.USER);
        assertThat(new ListName("platforms.ios.engagements.clicked.users", "push").thing())
                .isEqualTo(Thing.USER);
        assertThat(new ListName("platforms.ios.engagements.clicked.machine", "push").thing())
                .isEqualTo(Thing.ENGAGEMENT);
        assertThat(new ListName("platforms.ios.sentCount", "push").thing()).isEqualTo(Thing.MESSAGE);
        assertThat(new ListName("channels.push.failed", null).thing()).isEqualTo(Thing.MESSAGE);
        assertThat(new ListName("exitsByReason.goal", null).thing()).isEqualTo(Thing.ENTRY);
        assertThat(new ListName("outcomes.yes.count", "ask").thing()).isEqualTo(Thing.OUTCOME);
    }

    @Test
    void theApostropheBeforeAFormulaIsNoPartOfAText() {
        assertThat(Spreadsheet.plain("'=1+1")).isEqualTo("=1+1");
        assertThat(Spreadsheet.plain("'' @x")).isEqualTo("'' @x");
        assertThat(Spreadsheet.plain("'tis")).isEqualTo("'tis");
    }
}
