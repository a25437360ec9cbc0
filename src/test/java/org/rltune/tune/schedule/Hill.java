package org.rltune.tune.schedule;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.rltune.json.Json;
import org.rltune.random.Seeds;
import org.rltune.tune.Iteration;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.TrialContext;
import org.rltune.tune.space.HyperParams;

/**
 * A trainable that takes no time: climbs towards 0 from -100 by a share {@code lr} of the way, up to noise. Ten timesteps an
 * iteration.
 */
final class Hill implements TrainableSpec {
    private final Predicate<TrialContext> fails;

    Hill() {
        this(context -> false);
    }

    /** Fails in the third iteration of some trials. */
    Hill(Predicate<TrialContext> fails) {
        this.fails = fails;
    }

    @Override
    public String name() {
        return "Hill";
    }

    @Override
    public Trainable create(TrialContext context) {
        return new Climb(context);
    }

    private final class Climb implements Trainable {
        private final Seeds seeds;
        private final boolean failing;
        private HyperParams config;
        private double height = -100;
        private int iteration;

        Climb(TrialContext context) {
            seeds = context.seeds();
            failing = fails.test(context);
            config = context.config();
        }

        @Override
        public Iteration train() {
            iteration++;
            if (failing && iteration == 3) {
                throw new IllegalStateException("this one fails on purpose");
            }
            double noise = seeds.stream("noise", iteration).uniform(-1, 1);
            height = height * (1 - config.getDouble("lr")) + noise;
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("timesteps_this_iter", 10);
            metrics.put("score", height);
            return new Iteration(metrics, config);
        }

        @Override
        public Map<String, byte[]> save() {
            byte[] state =
                    ByteBuffer.allocate(12).putDouble(height).putInt(iteration).array();
            return Map.of("state", state);
        }

        @Override
        public void restore(Map<String, byte[]> files) {
            adopt(files);
            iteration = ByteBuffer.wrap(files.get("state")).getInt(8);
        }

        @Override
        public void adopt(Map<String, byte[]> files) {
            height = ByteBuffer.wrap(files.get("state")).getDouble(0);
        }

        @Override
        public void configure(HyperParams changed) {
            config = changed;
        }

        @Override
        public void close() {}
    }

    /** Reads JSON lines. */
    static List<Map<String, Object>> lines(String text) {
        return text.lines()
                .map(line -> Json.asObject(Json.parse(line, "line"), "line"))
                .toList();
    }
}
