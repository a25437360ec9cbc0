package org.rltune.tune.log;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.rltune.tune.Iteration;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.TrialContext;
import org.rltune.tune.space.HyperParams;

/**
 * Climbs by its hyperparameter {@code lr} in every iteration, from the second one on reports the height as {@code reward},
 * and always an odd metric, NaN. With a constant {@code fail_at} it fails in that iteration.
 */
final class Climber implements Trainable {
    static final TrainableSpec SPEC = new TrainableSpec() {
        @Override
        public String name() {
            return "Climber";
        }

        @Override
        public Trainable create(TrialContext context) {
            return new Climber(context.config());
        }

        @Override
        public Set<String> lateMetrics() {
            return Set.of("reward");
        }
    };

    private HyperParams config;
    private double height;
    private int iteration;

    private Climber(HyperParams config) {
        this.config = config;
    }

    @Override
    public Iteration train() {
        iteration++;
        if (config.contains("fail_at") && config.getInt("fail_at") == iteration) {
            throw new IllegalStateException("slipped");
        }
        height += config.getDouble("lr");
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("timesteps_this_iter", 1000);
        metrics.put("odd, \"metric\"", Double.NaN);
        if (iteration > 1) {
            metrics.put("reward", height);
        }
        return new Iteration(metrics, config);
    }

    @Override
    public Map<String, byte[]> save() {
        return Map.of("height.txt", (height + " " + iteration).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void restore(Map<String, byte[]> files) {
        adopt(files);
        iteration = Integer.parseInt(text(files)[1]);
    }

    @Override
    public void adopt(Map<String, byte[]> donorFiles) {
        height = Double.parseDouble(text(donorFiles)[0]);
    }

    private static String[] text(Map<String, byte[]> files) {
        return new String(files.get("height.txt"), StandardCharsets.UTF_8).split(" ");
    }

    @Override
    public void configure(HyperParams config) {
        this.config = config;
    }

    @Override
    public void close() {}
}
