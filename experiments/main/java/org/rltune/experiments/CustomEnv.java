package org.rltune.experiments;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.rltune.env.*;
import org.rltune.plot.LineCurve;
import org.rltune.ppo.PpoConfig;
import org.rltune.space.*;

/** A shop orders 0 to 10 pieces each morning and can sell 0 to 10: an environment to copy for one of your own. */
public final class CustomEnv extends SeededEnv<float[], Integer> {
    private int stock;

    CustomEnv() {
        super(Box.of(0, 1, 1), Discrete.of(11)); // how full the 20 places are; how many pieces to order
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        return new float[] {(stock = 10) / 20f}; // half full
    }

    @Override
    public StepResult<float[]> step(Integer order) {
        int sold = Math.min(stock + order, random().nextInt(11));
        stock = Math.min(stock + order - sold, 20); // price 3, cost 1, storage 0.5 a night
        return new StepResult<>(new float[] {stock / 20f}, 3 * sold - order - 0.5 * stock, false, false);
    }

    public static void main(String... args) {
        Envs.register(EnvSpec.of("Shop-v0", context -> new CustomEnv()).withMaxEpisodeSteps(50));
        var trainer = PpoConfig.of("Shop-v0").lr(1e-3).build();
        var rows = Stream.generate(() -> trainer.train().metrics()).limit(30).toList();
        System.out.println("mean profit: " + trainer.evaluate(100).mean());
        var curve = new LineCurve("Shop-v0", "timesteps_total", "episode_reward_mean").add("PPO", rows);
        curve.write(Path.of(args.length > 0 ? args[0] : "shop.png"));
    }
}
