package org.rltune.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Sequence;
import org.rltune.space.Space;

class PolicyTest {
    private static final Space<?> OBSERVATIONS = Box.of(-10f, 10f, 3);

    private static Policy policy(Space<?> actions, boolean normalize) {
        boolean gaussian = actions instanceof Box;
        int outputs = gaussian ? ((Box) actions).size() : ((Discrete) actions).n();
        Mlp network = new Mlp(new MlpConfig(3, outputs, List.of(8, 8), Activation.TANH, false, gaussian));
        network.initialize(new Pcg64(3), 0);
        Pcg64 random = new Pcg64(4);
        for (int i = 0; i < network.parameters().length; i++) {
            network.parameters()[i] += (float) random.standardNormal();
        }
        return new Policy(OBSERVATIONS, actions, network, new ActionScaling(actions, normalize));
    }

    @Test
    void actsTheSameAfterSavingAndLoading(@TempDir Path folder) throws IOException {
        long seed = 5;
        for (Space<?> actions : List.of(Discrete.of(4, 7), Box.of(-2f, 3f, 2))) {
            Policy policy = policy(actions, true);
            policy.save(folder);
            Policy loaded = Policy.load(folder);
            Pcg64 random = new Pcg64(seed);
            for (int i = 0; i < 200; i++) {
                float[] observation = new float[3];
                for (int j = 0; j < 3; j++) {
                    observation[j] = (float) random.uniform(-10, 10);
                }
                assertThat(loaded.act(observation)).as("seed %d", seed).isEqualTo(policy.act(observation));
                assertThat(loaded.sample(observation, new Pcg64(i)))
                        .isEqualTo(policy.sample(observation, new Pcg64(i)));
                assertThat(loaded.value(observation)).isEqualTo(policy.value(observation));
            }
        }
    }

    @Test
    void manyThreadsGetTheBitsOfOne() throws Exception {
        int threads = 8;
        int observations = 400;
        Policy policy = policy(Box.of(-2f, 3f, 2), true);
        Policy loaded = Policy.fromFiles(policy.files());
        float[][] seen = new float[observations][3];
        float[][] expected = new float[observations][];
        Pcg64 random = new Pcg64(8);
        for (int i = 0; i < observations; i++) {
            for (int j = 0; j < 3; j++) {
                seen[i][j] = (float) random.uniform(-10, 10);
            }
            expected[i] = (float[]) policy.act(seen[i]);
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int start = 31 * t;
                tasks.add(() -> {
                    int same = 0;
                    for (int round = 0; round < 20; round++) {
                        for (int i = 0; i < observations; i++) {
                            int at = (start + i) % observations;
                            same += Arrays.equals((float[]) loaded.act(seen[at]), expected[at]) ? 1 : 0;
                        }
                    }
                    return same;
                });
            }
            for (Future<Integer> task : pool.invokeAll(tasks)) {
                assertThat(task.get()).isEqualTo(20 * observations);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void speaksJson() {
        Policy policy = policy(Box.of(-2f, 3f, 2), true);
        float[] action = (float[]) policy.act(new float[] {0.5f, -1, 2});
        assertThat(policy.actJson("[0.5, -1, 2]")).isEqualTo("[" + action[0] + "," + action[1] + "]");
        assertThat(policy(Discrete.of(4, 7), true).actJson("[0,0,0]")).matches("7|8|9|10");
        assertThatThrownBy(() -> policy.actJson("[0, 11, 0]")).hasMessageContaining("index 1");
        assertThatThrownBy(() -> policy.actJson("[0, 1]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy.actJson("nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void actionsLieInTheirSpace() {
        long seed = 6;
        Pcg64 random = new Pcg64(seed);
        for (boolean normalize : new boolean[] {true, false}) {
            for (Space<?> actions :
                    List.of(Discrete.of(4, 7), Box.of(-2f, 3f, 2), Box.of(0f, Float.POSITIVE_INFINITY, 1))) {
                Policy policy = policy(actions, normalize);
                for (int i = 0; i < 500; i++) {
                    float[] observation = {(float) random.uniform(-10, 10), 0, (float) random.uniform(-10, 10)};
                    assertThat(contains(actions, policy.sample(observation, random)))
                            .as("seed %d, %s", seed, actions)
                            .isTrue();
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static boolean contains(Space<?> space, Object value) {
        return ((Space<Object>) space).contains(value);
    }

    @Test
    void boundedElementsAreMappedFromTheUnitIntervalAndOthersClipped() {
        Space<?> space =
                Box.of(new float[] {-2, 0, Float.NEGATIVE_INFINITY}, new float[] {4, Float.POSITIVE_INFINITY, 1});
        float[] raw = {-1, -5, 5, 0, 7, -9, 0.5f, 0, 0, 3, 0, 0};
        float[] out = new float[raw.length];
        new ActionScaling(space, true).toEnv(raw, 0, 4, out);
        assertThat(out).containsExactly(new float[] {-2, 0, 1, 1, 7, -9, 2.5f, 0, 0, 4, 0, 0}, within(1e-6f));
        new ActionScaling(space, false).toEnv(raw, 0, 4, out);
        assertThat(out).containsExactly(new float[] {-1, 0, 1, 0, 7, -9, 0.5f, 0, 0, 3, 0, 0}, within(1e-6f));
    }

    @Test
    void anObservationOutsideItsSpaceIsNamedWithIndexValueAndBound() {
        Policy policy = policy(Discrete.of(2), true);
        assertThatThrownBy(() -> policy.act(new float[] {0, 11, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index 1")
                .hasMessageContaining("11.0")
                .hasMessageContaining("10.0");
        assertThatThrownBy(() -> policy.act(new float[] {0, Float.NaN, 0})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> policy.act(List.of(1))).hasMessageContaining("float[]");
    }

    @Test
    void damagedFilesAreRefusedWithTheirName(@TempDir Path folder) throws IOException {
        Map<String, byte[]> files = policy(Discrete.of(2), true).files();
        Map<String, byte[]> cut = new LinkedHashMap<>(files);
        cut.put("weights.bin", Arrays.copyOf(files.get("weights.bin"), 100));
        assertThatThrownBy(() -> Policy.fromFiles(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights.bin")
                .hasMessageContaining("damaged");
        Map<String, byte[]> missing = new LinkedHashMap<>(files);
        missing.remove("weights.bin");
        assertThatThrownBy(() -> Policy.fromFiles(missing)).hasMessageContaining("has no file weights.bin");
        byte[] wrong = files.get("weights.bin").clone();
        wrong[0] = 'X';
        Map<String, byte[]> alien = new LinkedHashMap<>(files);
        alien.put("weights.bin", wrong);
        assertThatThrownBy(() -> Policy.fromFiles(alien)).hasMessageContaining("RLT1");
        Files.writeString(folder.resolve("policy.json"), "{\"format\": \"rltune-policy\", \"version\": 99}");
        Files.write(folder.resolve("weights.bin"), files.get("weights.bin"));
        assertThatThrownBy(() -> Policy.load(folder)).hasMessageContaining("version 99");
        assertThatThrownBy(() -> Policy.load(folder.resolve("nowhere"))).hasMessageContaining("cannot be read");
    }

    @Test
    void aSpaceThatPpoCannotHandleIsRefusedByName() {
        assertThatThrownBy(() -> Distributions.check("Lake-v0", Sequence.of(Discrete.of(16)), Discrete.of(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Lake-v0")
                .hasMessageContaining("Discrete(16)")
                .hasMessageContaining("such as a Box");
        Distributions.check("Lake-v0", Discrete.of(16), Discrete.of(4));
    }

    @Test
    void actsOnTheFlatFormOfAnObservation() {
        Mlp network = new Mlp(new MlpConfig(3, 2, List.of(), Activation.TANH, false, false));
        network.parameters()[1] = 1; // the first action for the second number of three
        Policy policy = new Policy(Discrete.of(3, 5), Discrete.of(2), network, new ActionScaling(Discrete.of(2), true));
        network.parameters()[3] = 0.5f; // the second action for the first number
        assertThat(policy.act(5)).isEqualTo(1);
        assertThat(policy.act(6)).isEqualTo(0);
        assertThatThrownBy(() -> policy.act(8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy.act(new float[3])).hasMessageContaining("float[]");
    }
}
