package org.rltune.plot;

import java.util.ArrayList;
import java.util.List;
import org.rltune.random.Pcg64;

/** Made-up learning curves that look like those of CartPole. */
final class FakePopulation {
    private FakePopulation() {}

    static Population of(int trials, int iterations) {
        Pcg64 random = new Pcg64(trials);
        List<Curve> curves = new ArrayList<>();
        List<Population.Exploit> exploits = new ArrayList<>();
        for (int t = 0; t < trials; t++) {
            double speed = random.uniform(0.03, 0.3);
            List<Curve.Point> points = new ArrayList<>();
            for (int i = 1; i <= iterations; i++) {
                double mean = 500 / (1 + Math.exp(-speed * (i - 15)));
                double y = Math.min(500, mean + random.standardNormal() * 12);
                points.add(new Curve.Point(i, i == 20 ? Double.NaN : y));
                if (i % 4 == 0 && t % 4 == 0) {
                    exploits.add(new Population.Exploit("t" + t, i));
                    speed = Math.min(0.35, speed * 1.3);
                }
            }
            curves.add(new Curve("t" + t, points));
        }
        return new Population(
                "cartpole-pbt-20261123-190700", "episode_reward_mean", curves, "t" + (trials - 1), exploits);
    }
}
