package io.milepost.spi;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds an adapter by name: the service a vendor's jar declares for {@link ServiceLoader}, in
 * {@code META-INF/services/io.milepost.spi.JourneyEngineAdapterProvider}. Implementations need a public constructor
 * without arguments.
 *
 * @since 0.1
 */
public interface JourneyEngineAdapterProvider {

    /** The engine's name, a lower-case word, e.g. {@code acme}. Always the same; doesn't block or throw. */
    String engine();

    /**
     * Whether {@link #adapterFor} takes this object. Called while an application starts, on its thread; must not throw,
     * nor touch the engine.
     *
     * @param engine whatever a user of that engine holds in hand: the engine itself, or its configuration
     */
    boolean supports(Object engine);

    /**
     * An adapter for that engine, not yet attached. Called once for each engine, while the application starts; may throw
     * if the engine is of a version the adapter can't serve.
     *
     * @param engine for which {@link #supports} said yes
     */
    JourneyEngineAdapter adapterFor(Object engine);

    /**
     * The providers this class loader sees.
     *
     * @throws java.util.ServiceConfigurationError if one of them is broken
     */
    static List<JourneyEngineAdapterProvider> available(ClassLoader loader) {
        return ServiceLoader.load(JourneyEngineAdapterProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
