package org.rltune.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.Activation;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/** ONNX Runtime, a program of others, runs exported policies and must come to the same numbers. */
class OnnxExportTest {
    private static final int ROWS = 50;
    private static final Space<?> NUMBERS = Box.of(-1000f, 1000f, 3);
    private static final Space<?> PARTS = Dict.of(
            "kind",
            Discrete.of(3),
            "action_mask",
            MultiBinary.of(5),
            "picture",
            ArrayBox.uint8(0, 255, 2, 2),
            "speed",
            Box.of(-5f, 5f, 2));

    private record Case(Space<?> observations, Space<?> actions, BoxDistribution boxes, boolean gsde) {}

    private static List<Case> cases() {
        BoxDistribution gaussian = BoxDistribution.DIAG_GAUSSIAN;
        Space<?> half = Box.of(new float[] {-2, 0}, new float[] {3, Float.POSITIVE_INFINITY});
        Space<?> bounded = Box.of(new float[] {-2, 10}, new float[] {3, 30});
        return List.of(
                new Case(NUMBERS, Discrete.of(4, 9), gaussian, false),
                new Case(PARTS, Discrete.of(5), gaussian, false),
                new Case(PARTS, MultiDiscrete.of(2, 3), gaussian, false),
                new Case(NUMBERS, MultiBinary.of(3), gaussian, false),
                new Case(NUMBERS, half, gaussian, false),
                new Case(NUMBERS, half, gaussian, true),
                new Case(NUMBERS, bounded, BoxDistribution.SQUASHED_GAUSSIAN, false),
                new Case(NUMBERS, bounded, BoxDistribution.BETA, false),
                new Case(
                        NUMBERS,
                        Tuple.of(
                                Discrete.of(3),
                                half,
                                Dict.of("bits", MultiBinary.of(2), "many", MultiDiscrete.of(2, 2))),
                        gaussian,
                        false));
    }

    private static Policy policy(Case one, Pcg64 random, Activation activation, boolean shared, boolean filtered) {
        ActionDistribution distribution = Distributions.of(one.actions(), one.boxes());
        Preprocessor preprocessor = new Preprocessor(one.observations(), one.actions());
        int heads = distribution.inputs() - distribution.logStds();
        Mlp mlp = new Mlp(new MlpConfig(
                preprocessor.features(),
                heads,
                List.of(16, 12),
                activation,
                shared,
                distribution.logStds(),
                one.gsde()));
        mlp.initialize(random, -0.5);
        for (int i = 0; i < mlp.parameters().length; i++) {
            mlp.parameters()[i] += (float) (0.3 * random.standardNormal());
        }
        MeanStdFilter filter = filtered ? new MeanStdFilter(preprocessor.filtered(), 2) : null;
        if (filter != null) {
            float[] rows = new float[300 * preprocessor.size()];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (float) random.uniform(-1, 4);
            }
            filter.observe(rows, 0, 300);
        }
        ActionScaling scaling = new ActionScaling(one.actions(), true, true, one.boxes());
        return new Policy(one.observations(), one.actions(), mlp, scaling, filter);
    }

    private static float[] observations(Policy policy, Pcg64 random) {
        int size = policy.preprocessor().rawSize();
        float[] flat = new float[ROWS * size];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < size; j++) {
                flat[i * size + j] = (float) random.uniform(-3, 6);
            }
            for (int j = 0; j < policy.preprocessor().maskSize(); j++) {
                boolean last = j == 1 || j == 4; // one choice of each element stays
                flat[i * size + policy.preprocessor().maskSource(j)] = last || random.nextDouble() < 0.5 ? 1 : 0;
            }
        }
        return flat;
    }

    @Test
    void onnxRuntimeComesToTheSameActionsInputsAndValues(@TempDir Path folder) throws Exception {
        long seed = 91;
        Pcg64 random = new Pcg64(seed);
        int number = 0;
        for (Case one : cases()) {
            for (boolean filtered : new boolean[] {false, true}) {
                Activation activation = number % 2 == 0 ? Activation.TANH : Activation.RELU;
                Policy policy = policy(one, random, activation, number % 3 == 0, filtered);
                Path file = folder.resolve("policy" + number++ + ".onnx");
                policy.exportOnnx(file);
                compare(
                        policy,
                        observations(policy, random),
                        file,
                        "seed " + seed + ", " + one + ", filter " + filtered);
            }
        }
    }

    private static void compare(Policy policy, float[] flat, Path file, String what) throws OrtException {
        float[] expectedActions = new float[ROWS * policy.scaling().envSize()];
        float[] expectedInputs = new float[ROWS * policy.distribution().inputs()];
        float[] expectedValues = new float[ROWS];
        evaluate(policy, flat, expectedActions, expectedInputs, expectedValues);
        OrtEnvironment env = OrtEnvironment.getEnvironment();
        try (OrtSession session = env.createSession(file.toString());
                OnnxTensor input = OnnxTensor.createTensor(env, FloatBuffer.wrap(flat), new long[] {
                    ROWS, policy.preprocessor().rawSize()
                });
                OrtSession.Result result = session.run(Map.of("observation", input))) {
            assertClose(what + ": value", numbers(result, "value"), expectedValues);
            assertClose(what + ": policy", numbers(result, "policy"), expectedInputs);
            assertClose(what + ": action", numbers(result, "action"), expectedActions);
        }
    }

    /** What the policy's own network, distribution and scaling say, one row at a time. */
    private static void evaluate(Policy policy, float[] flat, float[] actions, float[] inputs, float[] values) {
        ActorCritic network = policy.network();
        Workspace w = network.workspace(1);
        ActionDistribution d = policy.distribution();
        float[] row = new float[policy.preprocessor().size()];
        float[] raw = new float[d.actionSize()];
        float[] scaled = new float[policy.scaling().envSize()];
        for (int i = 0; i < ROWS; i++) {
            policy.encode(flat, i * policy.preprocessor().rawSize(), 1, row, policy.filter());
            network.forward(w, row, 0, 1);
            d.mode(d.scratch(1), w.policy, 1, 1, raw, 0);
            policy.scaling().toEnv(raw, 0, 1, scaled);
            System.arraycopy(scaled, 0, actions, i * scaled.length, scaled.length);
            System.arraycopy(w.policy, 0, inputs, i * d.inputs(), d.inputs());
            values[i] = w.value[0];
        }
    }

    private static List<Double> numbers(OrtSession.Result result, String name) throws OrtException {
        List<Double> all = new ArrayList<>();
        Object value = result.get(name).orElseThrow().getValue();
        if (value instanceof long[][] rows) {
            for (long[] row : rows) {
                for (long x : row) {
                    all.add((double) x);
                }
            }
            return all;
        }
        for (float[] row : (float[][]) value) {
            for (float x : row) {
                all.add((double) x);
            }
        }
        return all;
    }

    private static void assertClose(String what, List<Double> actual, float[] expected) {
        assertThat(actual).as(what).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            // Relative to the numbers that were summed up, which are about as large as the largest result.
            assertThat(actual.get(i))
                    .as("%s, number %d", what, i)
                    .isCloseTo(expected[i], within(1e-5 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @Test
    void anotherNetworkIsRefused(@TempDir Path folder) {
        ActorCritic other = new ActorCritic() {
            @Override
            public int observationSize() {
                return 3;
            }

            @Override
            public int policyOutputs() {
                return 2;
            }

            @Override
            public float[] parameters() {
                return new float[0];
            }

            @Override
            public Workspace workspace(int maxRows) {
                return new Workspace(maxRows, 2, 0) {};
            }

            @Override
            public void forward(Workspace w, float[] observations, int offset, int rows) {}

            @Override
            public void backward(Workspace w, float[] observations, int offset, int rows) {}

            @Override
            public Map<String, Object> describe() {
                return Map.of();
            }
        };
        Policy policy = new Policy(NUMBERS, Discrete.of(2), other, new ActionScaling(Discrete.of(2), true));
        assertThatThrownBy(() -> policy.exportOnnx(folder.resolve("p.onnx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Only policies with an MLP can be exported to ONNX");
    }
}
