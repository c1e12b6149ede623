package io.milepost.operaton;

import javax.sql.DataSource;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.transaction.PlatformTransactionManager;

/** The engine with transactions that are Spring's. */
final class OuterTransactions {
    static final boolean TRIED = true;
    static final String WHY_NOT = "";

    private OuterTransactions() {}

    static ProcessEngineConfigurationImpl configuration(DataSource database, PlatformTransactionManager transactions) {
        var spring = new SpringProcessEngineConfiguration();
        spring.setDataSource(database);
        spring.setTransactionManager(transactions);
        return spring;
    }
}
