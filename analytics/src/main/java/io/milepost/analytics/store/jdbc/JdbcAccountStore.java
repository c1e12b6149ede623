package io.milepost.analytics.store.jdbc;

import io.milepost.analytics.store.Account;
import io.milepost.analytics.store.AccountStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The row of the default account, read once and then kept in memory. */
@Singleton
final class JdbcAccountStore implements AccountStore {

    private final Connections connections;
    private volatile @Nullable Account known;

    JdbcAccountStore(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Account account() {
        Account account = known;
        return account == null ? read() : account;
    }

    @Override
    public synchronized void save(Account account) {
        connections.runDurably(connection -> update(connection, account));
        known = account;
    }

    private synchronized Account read() {
        Account account = connections.run(JdbcAccountStore::select);
        known = account;
        return account;
    }

    private static Account select(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT name, zone, subscription FROM account WHERE id = ?")) {
            statement.setLong(1, Account.DEFAULT);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("account " + Account.DEFAULT + " is missing");
                }
                return new Account(row.getString(1), ZoneId.of(row.getString(2)), row.getObject(3, Long.class));
            }
        }
    }

    private static int update(Connection connection, Account account) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE account SET name = ?, zone = ?, subscription = ? WHERE id = ?")) {
            statement.setString(1, account.name());
            statement.setString(2, account.zone().getId());
            statement.setObject(3, account.subscription(), Types.BIGINT);
            statement.setLong(4, Account.DEFAULT);
            return statement.executeUpdate();
        }
    }
}
