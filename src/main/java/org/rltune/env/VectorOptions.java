package org.rltune.env;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/** How {@link Envs#makeVec} makes environments. Immutable; the {@code with} methods return changed copies. */
public final class VectorOptions {
    private static final VectorOptions DEFAULT =
            new VectorOptions(null, AutoresetMode.NEXT_STEP, Map.of(), 0, List.of());

    private final @Nullable VectorMode mode;
    private final AutoresetMode autoreset;
    private final Map<String, Object> config;
    private final int threads;
    private final List<UnaryOperator<Env<?, ?>>> wrappers;

    private VectorOptions(
            @Nullable VectorMode mode,
            AutoresetMode autoreset,
            Map<String, Object> config,
            int threads,
            List<UnaryOperator<Env<?, ?>>> wrappers) {
        this.mode = mode;
        this.autoreset = autoreset;
        this.config = config;
        this.threads = threads;
        this.wrappers = wrappers;
    }

    /**
     * Gymnasium's defaults: the vector entry point where the spec has one and nothing is wrapped, else {@link
     * VectorMode#SYNC}; resets at the next step; the default config.
     */
    public static VectorOptions defaults() {
        return DEFAULT;
    }

    /** A copy with this mode. */
    public VectorOptions withMode(VectorMode mode) {
        return new VectorOptions(mode, autoreset, config, threads, wrappers);
    }

    /** A copy whose ended episodes are treated so. */
    public VectorOptions withAutoreset(AutoresetMode autoreset) {
        return new VectorOptions(mode, autoreset, config, threads, wrappers);
    }

    /** A copy with this config for every environment. */
    public VectorOptions withConfig(Map<String, Object> config) {
        Map<String, Object> copy = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        return new VectorOptions(mode, autoreset, copy, threads, wrappers);
    }

    /** A copy for {@link VectorMode#THREADED} with so many threads, at least 1; else as many as there are processors. */
    public VectorOptions withThreads(int threads) {
        Check.atLeast("threads", threads, 1);
        return new VectorOptions(mode, autoreset, config, threads, wrappers);
    }

    /** A copy that wraps every environment once more, outside the others; not for a vector entry point. */
    public VectorOptions withWrapper(UnaryOperator<Env<?, ?>> wrapper) {
        List<UnaryOperator<Env<?, ?>>> more = new ArrayList<>(wrappers);
        more.add(wrapper);
        return new VectorOptions(mode, autoreset, config, threads, List.copyOf(more));
    }

    /** The mode, empty for the default one. */
    public Optional<VectorMode> mode() {
        return Optional.ofNullable(mode);
    }

    /** What happens when an episode ends. */
    public AutoresetMode autoreset() {
        return autoreset;
    }

    /** The config of every environment. */
    public Map<String, Object> config() {
        return config;
    }

    /** Threads, 0 for as many as there are processors. */
    public int threads() {
        return threads;
    }

    /** What wraps every environment, the first one innermost. */
    public List<UnaryOperator<Env<?, ?>>> wrappers() {
        return wrappers;
    }
}
