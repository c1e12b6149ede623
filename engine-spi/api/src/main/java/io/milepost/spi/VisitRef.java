package io.milepost.spi;

/**
 * One arrival of an entry at a node.
 *
 * @param visitId another one for each arrival, unique in the entry
 * @since 0.1
 */
public record VisitRef(String nodeId, String visitId) {
    public VisitRef {
        Checks.id("nodeId", nodeId);
        Checks.id("visitId", visitId);
    }
}
