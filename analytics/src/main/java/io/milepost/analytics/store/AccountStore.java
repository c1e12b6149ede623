package io.milepost.analytics.store;

/** Keeps the account. Any number of threads. */
public interface AccountStore {

    /** The account as last saved; cheap, as each question asks for its zone. */
    Account account();

    /** Durable once it returns. */
    void save(Account account);
}
