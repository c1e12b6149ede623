package io.milepost.analytics.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListChoiceTest {

    @Test
    void followsThePathOfAFigureToItsList() {
        assertThat(ListChoice.ofNode("engagements.clicked.users"))
                .isEqualTo(new ListChoice(ListMeasure.ENGAGED_USERS, Map.of(ListFilter.KIND, "clicked")));
        assertThat(ListChoice.ofNode("outcomes.yes.count"))
                .isEqualTo(new ListChoice(ListMeasure.OUTCOMES, Map.of(ListFilter.OUTCOME, "yes")));
        assertThat(ListChoice.ofJourney("channels.push.failed"))
                .isEqualTo(new ListChoice(ListMeasure.MESSAGES_FAILED, Map.of(ListFilter.CHANNEL, "push")));
        assertThat(ListChoice.ofJourney("exitsByReason.expired"))
                .isEqualTo(new ListChoice(ListMeasure.EXITS_BY_REASON, Map.of(ListFilter.REASON, "expired")));
        assertThat(ListChoice.ofNode("platforms.ios.engagements.shown.machine"))
                .isEqualTo(new ListChoice(
                        ListMeasure.ENGAGED_BY_MACHINE, Map.of(ListFilter.PLATFORM, "ios", ListFilter.KIND, "shown")));
        assertThat(ListChoice.ofNode("platforms.unknown.sentUserCount"))
                .isEqualTo(new ListChoice(ListMeasure.SENT_USER_COUNT, Map.of(ListFilter.PLATFORM, "unknown")));
    }

    @Test
    void takesEachSideOfARate() {
        assertThat(ListChoice.ofJourney("conversionRate.numerator").list()).isEqualTo(ListMeasure.CONVERSION_RATE);
        assertThat(ListChoice.ofJourney("conversionRate.denominator").list()).isEqualTo(ListMeasure.ENTRY_USERS);
        assertThat(ListChoice.ofNode("clickThroughRate.denominator").list()).isEqualTo(ListMeasure.SENT_USER_COUNT);
        assertThat(ListChoice.ofNode("dropOffRate").list()).isEqualTo(ListMeasure.DROPPED);
        assertThat(ListChoice.ofStage("dropOffRate").list()).isEqualTo(ListMeasure.DROPPED_IN_STAGE);
        assertThat(ListChoice.ofStage("conversionRate.numerator").list()).isEqualTo(ListMeasure.COMPLETED_STAGE);
        assertThat(ListChoice.ofStage("conversionRate.denominator").list()).isEqualTo(ListMeasure.ENTERED_STAGE);
        assertThat(ListChoice.ofStage("waiting").list()).isEqualTo(ListMeasure.WAITING_IN_STAGE);
    }

    @Test
    void refusesWhatHasNoRowsAndSaysWhatHas() {
        for (String path : List.of("channels", "goalValue.EUR", "nothing", "waiting", "entries.x", "channels.push")) {
            assertThatThrownBy(() -> ListChoice.ofJourney(path))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("entries, entryUsers, activeEntries");
        }
        assertThatThrownBy(() -> ListChoice.ofStage("entries")).hasMessageContaining("enteredUsers, completedUsers");
        assertThatThrownBy(() -> ListChoice.ofNode("platforms.ios")).hasMessageContaining("entryCount, entryUserCount");
    }

    @Test
    void everyListOfTheCatalogueExists() {
        for (MeasureDescription measure : Measures.all()) {
            assertThat(ListMeasure.names(measure.level())).as(measure.name()).containsAll(measure.lists());
        }
    }

    @Test
    void theCatalogueNamesEveryList() {
        List<String> named = Measures.all().stream()
                .flatMap(measure -> measure.lists().stream())
                .toList();
        for (ListMeasure list : ListMeasure.values()) {
            assertThat(named).contains(list.text());
        }
    }
}
