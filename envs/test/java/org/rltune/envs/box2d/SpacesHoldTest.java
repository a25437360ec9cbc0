package org.rltune.envs.box2d;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;

/** Whatever is done, no observation leaves its declared space: one that does would end a training run. */
final class SpacesHoldTest {
    /** In Gymnasium the hull of a falling walker turns beyond the bound of its angle. */
    @Test
    void ofAWalkerThatFalls() {
        Box actions = (Box) Envs.make("BipedalWalker-v3", Map.of()).actionSpace();
        Pcg64 choice = new Pcg64(1);
        float[][] table = new float[1024][];
        Arrays.setAll(table, i -> actions.sample(choice));
        AtomicInteger step = new AtomicInteger();
        // Of these episodes the 64th has a hull that turned by 3.147, found by stepping at random for a long time.
        play("BipedalWalker-v3", 70, random -> table[step.getAndIncrement() % table.length]);
    }

    /** In Gymnasium a lander that always climbs leaves the bounds of its height. */
    @Test
    void ofALanderThatAlwaysClimbs() {
        double highest = play("LunarLander-v3", 3, random -> 2);
        assertThat(highest)
                .as("the bound that Gymnasium declares for the height")
                .isGreaterThan(2.5);
    }

    @Test
    void ofALanderThatSpins() {
        play("LunarLander-v3", 10, random -> random.integers(0, 4) == 0 ? 2 : 1);
    }

    private interface Player<A> {
        A act(Pcg64 random);
    }

    /** Plays with the checker on, which refuses an observation outside its space; returns the largest second entry. */
    @SuppressWarnings("unchecked")
    private static <A> double play(String id, int episodes, Player<A> player) {
        Pcg64 random = new Pcg64(1);
        double largest = Double.NEGATIVE_INFINITY;
        try (Env<float[], A> env = (Env<float[], A>) Envs.make(id, Map.of())) {
            for (int episode = 0; episode < episodes; episode++) {
                if (episode == 0) {
                    env.reset(1);
                } else {
                    env.reset();
                }
                StepResult<float[]> result;
                do {
                    result = env.step(player.act(random));
                    largest = Math.max(largest, result.observation()[1]);
                } while (!result.ended());
            }
        }
        return largest;
    }
}
