package io.milepost.simulator.truth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milepost.spi.ExitReason;
import io.milepost.spi.JourneyDefinition.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The funnel of one scope, always by cohort. */
final class StagesTally {

    private static final class Row {
        long entered;
        long completed;
        long waiting;
    }

    private final Scope scope;
    private final List<Stage> stages;
    private final List<Row> rows;

    StagesTally(Scope scope, List<Stage> stages) {
        this.scope = scope;
        this.stages = stages;
        this.rows = stages.stream().map(stage -> new Row()).toList();
    }

    void add(List<Entry> wanted) {
        for (int i = 0; i < rows.size(); i++) {
            addStage(i, wanted);
        }
    }

    private void addStage(int index, List<Entry> wanted) {
        boolean entered = false;
        boolean completed = false;
        boolean active = false;
        for (Entry entry : wanted) {
            int first = scope.contains(entry.startedAt()) ? firstVisit(entry, stages.get(index)) : -1;
            if (first >= 0) {
                entered = true;
                completed |= completes(entry, index, first);
                active |= entry.active();
            }
        }
        Row row = rows.get(index);
        row.entered += entered ? 1 : 0;
        row.completed += completed ? 1 : 0;
        row.waiting += entered && !completed && active ? 1 : 0;
    }

    private static int firstVisit(Entry entry, Stage stage) {
        List<Visit> visits = entry.visits();
        for (int i = 0; i < visits.size(); i++) {
            if (stage.nodes().contains(visits.get(i).node())) {
                return i;
            }
        }
        return -1;
    }

    private boolean completes(Entry entry, int stage, int first) {
        if (stage == stages.size() - 1) {
            return entry.converted() || entry.reason() == ExitReason.COMPLETED;
        }
        Set<String> further = new HashSet<>();
        stages.subList(stage + 1, stages.size()).forEach(later -> further.addAll(later.nodes()));
        return entry.visits().subList(first + 1, entry.visits().size()).stream()
                .anyMatch(visit -> further.contains(visit.node()));
    }

    ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            long dropped = row.entered - row.completed - row.waiting;
            ObjectNode stage = json.addObject();
            stage.put("id", stages.get(i).id())
                    .put("enteredUsers", row.entered)
                    .put("completedUsers", row.completed)
                    .put("waitingUsers", row.waiting)
                    .put("droppedUsers", dropped);
            stage.set("conversionRate", Shapes.rate(row.completed, row.entered));
            stage.set("dropOffRate", Shapes.rate(dropped, row.entered));
        }
        return json;
    }
}
