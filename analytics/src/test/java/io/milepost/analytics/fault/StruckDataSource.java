package io.milepost.analytics.fault;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Puts {@link Strike} under the connection pool of a server that is started with {@code struck}. */
@Singleton
@Requires(property = "struck")
final class StruckDataSource implements BeanCreatedEventListener<DatasourceConfiguration>, Ordered {

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        pool.setDataSource(new Source(pool.getUrl(), pool.getUsername(), pool.getPassword()));
        return pool;
    }

    /** After the one that tells the pool where its database is. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    private record Source(String url, String user, String password) implements DataSource {

        @Override
        public Connection getConnection() throws SQLException {
            return Strike.under(DriverManager.getConnection(url, user, password));
        }

        @Override
        public Connection getConnection(String otherUser, String otherPassword) throws SQLException {
            return Strike.under(DriverManager.getConnection(url, otherUser, otherPassword));
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return DriverManager.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter writer) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
