package org.rltune.tune;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/**
 * A trainable for tests: noisy gradient descent on x^2 from x = 10. {@code score} is -x^2, {@code loss} is x^2; ten
 * timesteps and two episodes an iteration. What a test wants to go wrong is hooked in.
 */
class Quadratic implements TrainableSpec {
    /** What a test changes about an iteration before it is reported. */
    interface Hook {
        Iteration apply(String trialId, int iteration, Iteration reported);
    }

    private final Hook hook;
    private final long sleepNanos;
    private final UnaryOperator<HyperParams> ignoring;

    /** Every state that was adopted, by target id; for tests to look at. */
    final List<String> adoptions = new ArrayList<>();

    Quadratic() {
        this((id, iteration, reported) -> reported);
    }

    Quadratic(Hook hook) {
        this(hook, 0, config -> config);
    }

    private Quadratic(Hook hook, long sleepNanos, UnaryOperator<HyperParams> ignoring) {
        this.hook = hook;
        this.sleepNanos = sleepNanos;
        this.ignoring = ignoring;
    }

    /** Sleeps for random times, so that arrivals come in any order. */
    static Quadratic scrambled() {
        return new Quadratic((id, iteration, reported) -> reported, 2_000_000, config -> config);
    }

    /** Uses something else than what it is configured with. */
    static Quadratic using(UnaryOperator<HyperParams> used) {
        return new Quadratic((id, iteration, reported) -> reported, 0, used);
    }

    @Override
    public String name() {
        return "Quadratic";
    }

    @Override
    public Trainable create(TrialContext context) {
        return new Running(context);
    }

    @Override
    public Set<String> lateMetrics() {
        return Set.of("late", "never");
    }

    private final class Running implements Trainable {
        private final String id;
        private final Seeds seeds;
        private HyperParams config;
        private double x = 10;
        private int iteration;

        Running(TrialContext context) {
            this.id = context.trialId();
            this.seeds = context.seeds();
            this.config = ignoring.apply(context.config());
        }

        @Override
        public Iteration train() {
            if (sleepNanos > 0) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(sleepNanos));
            }
            iteration++;
            double noise = 0.01 * seeds.stream("noise", iteration).standardNormal();
            x = x - config.getDouble("lr") * (2 * x + noise);
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("timesteps_this_iter", 10);
            metrics.put("episodes_this_iter", 2);
            metrics.put("score", -x * x);
            metrics.put("loss", x * x);
            metrics.put("info", Map.of("nested", x * x, "note", "x is " + (x > 1 ? "large" : "small")));
            if (iteration >= 3) {
                metrics.put("late", -x * x);
            }
            return hook.apply(id, iteration, new Iteration(metrics, config));
        }

        @Override
        public Map<String, byte[]> save() {
            return Map.of(
                    "x.bin", ByteBuffer.allocate(8).putDouble(0, x).array(),
                    "iteration.bin", ByteBuffer.allocate(4).putInt(0, iteration).array());
        }

        @Override
        public void restore(Map<String, byte[]> files) {
            adoptWeights(files);
            iteration = ByteBuffer.wrap(files.get("iteration.bin")).getInt();
        }

        @Override
        public void adopt(Map<String, byte[]> files) {
            adoptWeights(files);
            synchronized (adoptions) {
                adoptions.add(id + "=" + x);
            }
        }

        private void adoptWeights(Map<String, byte[]> files) {
            x = ByteBuffer.wrap(files.get("x.bin")).getDouble();
        }

        @Override
        public void configure(HyperParams changed) {
            config = ignoring.apply(changed);
        }

        @Override
        public void close() {}
    }

    /** Returns the iteration with one metric set; null removes it. */
    static Iteration with(Iteration reported, String name, Object value) {
        Map<String, Object> metrics = new LinkedHashMap<>(reported.metrics());
        if (value == null) {
            metrics.remove(name);
        } else {
            metrics.put(name, value);
        }
        return new Iteration(metrics, reported.inForce());
    }
}
