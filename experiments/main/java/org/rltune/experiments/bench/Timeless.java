package org.rltune.experiments.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.tune.Iteration;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.TrialContext;
import org.rltune.tune.space.HyperParams;

/** A trainable whose iterations take no time: what remains is the time of the tuner. */
final class Timeless implements Trainable {
    static final TrainableSpec SPEC = new TrainableSpec() {
        @Override
        public String name() {
            return "Timeless";
        }

        @Override
        public Trainable create(TrialContext context) {
            return new Timeless(context.config());
        }
    };

    private HyperParams config;
    private int iteration;

    private Timeless(HyperParams config) {
        this.config = config;
    }

    @Override
    public Iteration train() {
        iteration++;
        double lr = config.getDouble("lr");
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("timesteps_this_iter", 1000);
        metrics.put("episode_reward_mean", config.getDouble("x") * iteration / (iteration + lr));
        metrics.put("loss", lr / iteration);
        return new Iteration(metrics, config);
    }

    @Override
    public Map<String, byte[]> save() {
        return Map.of("iteration", new byte[] {
            (byte) (iteration >> 24), (byte) (iteration >> 16), (byte) (iteration >> 8), (byte) iteration
        });
    }

    @Override
    public void restore(Map<String, byte[]> files) {
        adopt(files);
    }

    @Override
    public void adopt(Map<String, byte[]> donorFiles) {
        int value = 0;
        for (byte one : donorFiles.getOrDefault("iteration", new byte[4])) {
            value = (value << 8) | (one & 0xff);
        }
        iteration = value;
    }

    @Override
    public void configure(HyperParams config) {
        this.config = config;
    }

    @Override
    public void close() {}
}
