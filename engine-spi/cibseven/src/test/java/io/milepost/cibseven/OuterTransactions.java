package io.milepost.cibseven;

import javax.sql.DataSource;
import org.cibseven.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.cibseven.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.springframework.transaction.PlatformTransactionManager;

/** The engine's Spring integration of this version can't be had from Maven Central: its own transactions instead. */
final class OuterTransactions {
    static final boolean TRIED = false;
    static final String WHY_NOT = "not tried: cibseven-engine-spring 2.0.0 is not on Maven Central";

    private OuterTransactions() {}

    static ProcessEngineConfigurationImpl configuration(DataSource database, PlatformTransactionManager transactions) {
        var standalone = new StandaloneInMemProcessEngineConfiguration();
        standalone.setDataSource(database);
        return standalone;
    }
}
