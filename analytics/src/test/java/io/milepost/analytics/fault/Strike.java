package io.milepost.analytics.fault;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets one of the next writes of any connection fail: the n-th insert, update, commit or {@code CHECKPOINT}, either
 * before the database hears of it or, what a sender cannot tell apart, after it was done.
 */
final class Strike {

    private static final Set<String> WRITES = Set.of("executeUpdate", "executeBatch", "commit");
    private static final AtomicInteger LEFT = new AtomicInteger();
    private static volatile boolean afterwards;

    private Strike() {}

    static void at(int n, boolean after) {
        afterwards = after;
        LEFT.set(n);
    }

    static boolean hasStruck() {
        return LEFT.get() <= 0;
    }

    static Connection under(Connection real) {
        return (Connection) proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(real, method, arguments, WRITES.contains(method.getName()));
            if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, over(statement));
            }
            return result instanceof Statement statement ? proxy(Statement.class, over(statement)) : result;
        });
    }

    private static InvocationHandler over(Statement statement) {
        return (proxy, method, arguments) -> {
            boolean checkpoint = arguments != null && "CHECKPOINT SYNC".equals(arguments[0]);
            return call(statement, method, arguments, checkpoint || WRITES.contains(method.getName()));
        };
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(Strike.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object target, Method method, Object[] arguments, boolean writes) throws Throwable {
        boolean strikes = writes && LEFT.get() > 0 && LEFT.decrementAndGet() == 0;
        if (strikes && !afterwards) {
            throw new SQLException("struck before " + method.getName(), "08006");
        }
        try {
            Object result = method.invoke(target, arguments);
            if (strikes) {
                throw new SQLException("struck after " + method.getName(), "08006");
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
