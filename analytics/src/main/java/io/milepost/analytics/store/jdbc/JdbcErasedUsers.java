package io.milepost.analytics.store.jdbc;

import io.milepost.analytics.store.ErasedUser;
import io.milepost.analytics.store.ErasedUsers;
import io.milepost.analytics.store.RejectedEvent;
import io.milepost.analytics.store.StoredBlock;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

@Singleton
final class JdbcErasedUsers implements ErasedUsers {

    private static final int PAGE = 100;

    private final Connections connections;

    JdbcErasedUsers(Connections connections) {
        this.connections = connections;
    }

    @Override
    public byte[] key(long account, byte[] proposed) {
        return connections.runDurably(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE account SET erasure_key = ? WHERE id = ? AND erasure_key IS NULL")) {
                update.setBytes(1, proposed);
                update.setLong(2, account);
                update.executeUpdate();
            }
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT erasure_key FROM account WHERE id = ?")) {
                select.setLong(1, account);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getBytes(1);
                }
            }
        });
    }

    @Override
    public List<ErasedUser> all(long account) {
        return connections.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT id_hash, pseudonym FROM erased_user WHERE account_id = ?")) {
                select.setLong(1, account);
                List<ErasedUser> users = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        users.add(new ErasedUser(row.getBytes(1), row.getString(2)));
                    }
                }
                return users;
            }
        });
    }

    @Override
    public void erase(
            long account,
            String userId,
            String pseudonym,
            @Nullable ErasedUser user,
            Collection<Long> blocks,
            UnaryOperator<StoredBlock> rewriting,
            Predicate<byte[]> rejected) {
        int changed = connections.runDurably(connection -> {
            if (user != null) {
                insert(connection, account, user);
            }
            for (long sequence : blocks) {
                update(connection, rewriting.apply(JdbcJournalStore.block(connection, account, sequence)));
            }
            JdbcFactStore.renameUser(connection, account, userId, pseudonym);
            return blocks.size() + deleteRejected(connection, account, rejected);
        });
        compactAfter(changed);
    }

    @Override
    public void deleteRejected(long account, Predicate<byte[]> chosen) {
        compactAfter(connections.runDurably(connection -> deleteRejected(connection, account, chosen)));
    }

    private void compactAfter(int changed) {
        if (changed > 0) {
            connections.compactAtClose();
        }
    }

    private static void insert(Connection connection, long account, ErasedUser user) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO erased_user (account_id, id_hash, pseudonym) VALUES (?, ?, ?)")) {
            insert.setLong(1, account);
            insert.setBytes(2, user.idHash());
            insert.setString(3, user.pseudonym());
            insert.executeUpdate();
        }
    }

    private static void update(Connection connection, StoredBlock block) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE event_block SET payload = ?, checksum = ? WHERE account_id = ? AND sequence = ?")) {
            update.setBytes(1, block.payload());
            update.setInt(2, block.checksum());
            update.setLong(3, block.account());
            update.setLong(4, block.sequence());
            update.executeUpdate();
        }
    }

    private static int deleteRejected(Connection connection, long account, Predicate<byte[]> rejected)
            throws SQLException {
        int deleted = 0;
        long before = Long.MAX_VALUE;
        List<RejectedEvent> page = JdbcRejectedEvents.before(connection, account, before, PAGE);
        while (!page.isEmpty()) {
            for (RejectedEvent event : page) {
                before = event.id();
                if (rejected.test(event.body())) {
                    JdbcRejectedEvents.delete(connection, account, event.id());
                    deleted++;
                }
            }
            page = JdbcRejectedEvents.before(connection, account, before, PAGE);
        }
        return deleted;
    }
}
