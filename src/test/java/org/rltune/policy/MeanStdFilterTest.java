package org.rltune.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

class MeanStdFilterTest {
    private static final boolean[] TWO = {true, false};

    @Test
    void scalesByMeanAndDeviationClipsAndLeavesDiscretePartsAlone() {
        MeanStdFilter filter = new MeanStdFilter(TWO, 1.5);
        filter.observe(new float[] {2, 100, 4, 200, 9, 300}, 0, 3); // mean 5, variance 26 / 3
        float[] out = new float[4];
        filter.apply(new float[] {6, 7, -100, -8}, 0, 2, out, 0);
        assertThat(out[0]).isCloseTo((float) (1 / Math.sqrt(26.0 / 3 + 1e-8)), within(1e-7f));
        assertThat(out[1]).isEqualTo(7);
        assertThat(out[2]).isEqualTo(-1.5f);
        assertThat(out[3]).isEqualTo(-8);
    }

    @Test
    void withoutALimitNothingIsClipped() {
        MeanStdFilter filter = new MeanStdFilter(new boolean[] {true}, 0);
        filter.observe(new float[] {-1, 1}, 0, 2);
        float[] out = new float[1];
        filter.apply(new float[] {1000}, 0, 1, out, 0);
        assertThat(out[0]).isCloseTo(1000, within(1e-3f));
    }

    @Test
    void aWorkerKnowsWhatItSawAndTheTrainerWhatAllSaw() {
        long seed = 13;
        Pcg64 random = new Pcg64(seed);
        MeanStdFilter trainer = new MeanStdFilter(TWO, 10);
        MeanStdFilter[] workers = {trainer.copy(), trainer.copy(), trainer.copy()};
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int round = 0; round < 4; round++) {
            for (MeanStdFilter worker : workers) {
                worker.take(trainer);
                long known = trainer.count();
                for (int i = 0; i < 5 + round; i++) {
                    float x = (float) random.uniform(-2, 9);
                    worker.observe(new float[] {x, 0}, 0, 1);
                    sum += x;
                    squares += (double) x * x;
                    count++;
                }
                assertThat(worker.count()).isEqualTo(known + 5 + round);
            }
            for (MeanStdFilter worker : workers) {
                trainer.merge(worker);
            }
            assertThat(trainer.count()).as("seed %d", seed).isEqualTo(count);
            double mean = sum / count;
            assertThat(trainer.mean(0)).isCloseTo(mean, within(1e-12));
            assertThat(trainer.scale(0)).isCloseTo(1 / Math.sqrt(squares / count - mean * mean + 1e-8), within(1e-12));
        }
    }

    @Test
    void aPolicyActsOnFilteredObservationsAndKeepsItsFilterInItsFiles() {
        Space<?> observations = Dict.of("kind", Discrete.of(2), "place", Box.of(-1000, 1000, 1));
        Mlp network = new Mlp(new MlpConfig(3, 1, java.util.List.of(), Activation.TANH, false, true));
        network.parameters()[2] = 1; // the mean of the action is the filtered place
        MeanStdFilter filter = new MeanStdFilter(new boolean[] {false, false, true}, 10);
        filter.observe(new float[] {0, 1, 100, 0, 1, 300}, 0, 2); // mean 200, deviation 100
        Box actions = Box.of(-50, 50, 1);
        Policy policy = new Policy(observations, actions, network, new ActionScaling(actions, false), filter);
        Policy loaded = Policy.fromFiles(policy.files());
        for (float place : new float[] {-1000, 150, 200, 350, 1000}) {
            Map<String, Object> observation = new LinkedHashMap<>(Map.of("kind", 1));
            observation.put("place", new float[] {place});
            float[] action = (float[]) policy.act(observation);
            assertThat(action[0]).isCloseTo(Math.max(-10, (place - 200) / 100), within(1e-5f));
            assertThat((float[]) loaded.act(observation)).isEqualTo(action);
        }
    }

    @Test
    void aFilterOfAnotherKindOrNoneIsRefused() {
        MeanStdFilter filter = new MeanStdFilter(TWO, 10);
        Map<String, Object> saved = new LinkedHashMap<>(filter.toMap());
        saved.put("type", "MedianFilter");
        assertThatThrownBy(() -> filter.restore(saved, "policy.json")).hasMessageContaining("MedianFilter");
        assertThat(Json.write(filter.toMap())).contains("\"clip_obs\":10.0");
    }
}
