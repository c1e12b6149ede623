package io.milepost.analytics.fold;

import java.util.List;

/**
 * All facts of one entry.
 *
 * @param visits in canonical order of what made them known
 * @param messages those whose final status was reached in this entry
 */
public record EntryFacts(
        EntryHead head, List<VisitFact> visits, List<MessageFact> messages, List<OutcomeFact> outcomes) {}
