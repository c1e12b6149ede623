package io.milepost.analytics.reference;

/** What the cells answer is what the events say, whatever the order, the batches and the ranges. */
class CellContractTest extends PropertyContract {

    @Override
    protected Subject fresh() {
        return new CellSubject();
    }
}
