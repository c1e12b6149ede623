package io.milepost.simulator.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Asks analytics for its own audit, and holds it to being one. */
final class Audit {

    private static final int FEWEST_LAWS = 12;

    private final AnalyticsClient analytics;

    Audit(AnalyticsClient analytics) {
        this.analytics = analytics;
    }

    void verify(Findings findings) {
        try {
            Optional<JsonNode> answer = analytics.find("/v1/audit");
            findings.asked(1);
            if (answer.isEmpty()) {
                findings.note("audit: not offered by this analytics");
            } else {
                judge(answer.get(), findings);
            }
        } catch (AnalyticsException e) {
            if (e.unreachable()) {
                throw e;
            }
            findings.differs(new Difference("audit", "all", "answer", "200", String.valueOf(e.getMessage())), null);
        }
    }

    private static void judge(JsonNode answer, Findings findings) {
        long checked = 0;
        long violations = 0;
        for (JsonNode law : answer.path("laws")) {
            checked += law.path("checked").asLong();
            for (JsonNode violation : law.path("violations")) {
                violations++;
                findings.differs(
                        new Difference(
                                "audit",
                                text(violation.path("scope")),
                                law.path("id").asText() + ": "
                                        + law.path("statement").asText(),
                                text(violation.path("expected")),
                                text(violation.path("actual"))),
                        null);
            }
        }
        int laws = answer.path("laws").size();
        if (laws < FEWEST_LAWS) {
            findings.differs(
                    new Difference("audit", "all", "laws", FEWEST_LAWS + " or more", Integer.toString(laws)), null);
        }
        if (answer.path("ok").asBoolean() != (violations == 0)) {
            findings.differs(
                    new Difference("audit", "all", "ok", Boolean.toString(violations == 0), text(answer.path("ok"))),
                    null);
        }
        findings.note("audit: " + laws + " laws, " + checked + " checks, " + violations + " violations");
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }
}
