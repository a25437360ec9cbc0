package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.Activation;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.ParameterSegment;
import org.rltune.nn.Workspace;
import org.rltune.nn.djl.TurnedWeights;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkProviders;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;
import org.rltune.space.Box;

/** The two frameworks on the same weights and the same batch: loss and gradient agree to 1e-5 of the largest entry. */
final class PpoFrameworksTest {
    private static final int ROWS = 150;
    private static final int FEATURES = 3;
    private static final PpoLearner.Settings SETTINGS =
            new PpoLearner.Settings(1e-3, ROWS, 1, 0.2, 0.3, 0.5, 0.01, 0.2, 0, 0, true);

    private final Pcg64 random = new Pcg64(31);

    private Mlp mlp(boolean gaussian, boolean shared) {
        Mlp mlp =
                new Mlp(new MlpConfig(FEATURES, gaussian ? 2 : 3, List.of(16, 12), Activation.TANH, shared, gaussian));
        mlp.initialize(random, -0.3);
        for (int i = 0; i < mlp.parameters().length; i++) {
            mlp.parameters()[i] += (float) (0.2 * random.standardNormal());
        }
        return mlp;
    }

    private static ActionDistribution distribution(boolean gaussian) {
        return gaussian ? ActionDistribution.diagGaussian(2) : ActionDistribution.categorical(3);
    }

    private RolloutBatch batch(Mlp mlp, boolean gaussian) {
        ActionDistribution distribution = distribution(gaussian);
        int actions = distribution.actionSize();
        RolloutBatch batch = new RolloutBatch(1, FEATURES, actions, distribution.inputs());
        batch.resize(ROWS);
        for (float[] column :
                new float[][] {batch.observation, batch.value, batch.valueTarget, batch.advantage, batch.policyInput}) {
            for (int i = 0; i < column.length; i++) {
                column[i] = (float) (0.7 * random.standardNormal());
            }
        }
        Workspace w = mlp.workspace(1);
        float[] logProb = new float[1];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < actions; j++) {
                batch.action[i * actions + j] = gaussian ? (float) random.standardNormal() : random.nextInt(3);
            }
            mlp.forward(w, batch.observation, i * FEATURES, 1);
            float[] action = Arrays.copyOfRange(batch.action, i * actions, (i + 1) * actions);
            distribution.evaluate(
                    Kernels.best(), distribution.scratch(1), w.policy, 1, 1, action, logProb, new float[1]);
            batch.logProb[i] = logProb[0] + (float) (0.25 * random.standardNormal());
        }
        return batch;
    }

    private static PpoLearner learner(ActorCritic network, boolean gaussian) {
        int parameters = network.parameters().length;
        return new PpoLearner(network, distribution(gaussian), new Adam(Kernels.best(), parameters, 1e-5));
    }

    private static void agree(float[] actual, float[] expected) {
        float largest = 0;
        for (float g : expected) {
            largest = Math.max(largest, Math.abs(g));
        }
        assertThat(largest).isGreaterThan(1e-3f);
        assertThat(actual).hasSameSizeAs(expected);
        for (int p = 0; p < expected.length; p++) {
            assertThat(Math.abs(actual[p] - expected[p]))
                    .as("parameter %d: %s against %s", p, actual[p], expected[p])
                    .isLessThanOrEqualTo(1e-5f * largest);
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void theLearnerComesToTheSameLossAndGradientOnBoth(boolean gaussian, boolean shared) {
        Mlp mlp = mlp(gaussian, shared);
        RolloutBatch batch = batch(mlp, gaussian);
        ActorCritic djl = NetworkProviders.of("djl")
                .create(
                        ModelConfig.mlp(List.of(16, 12), Activation.TANH, shared),
                        new NetworkSize(FEATURES, gaussian ? 2 : 3, gaussian ? 2 : 0),
                        Box.of(-1, 1, FEATURES),
                        0,
                        0,
                        new Pcg64(1));
        float[] turned = TurnedWeights.toDjl(mlp, mlp.parameters());
        System.arraycopy(turned, 0, djl.parameters(), 0, turned.length);
        PpoLearner ours = learner(mlp, gaussian);
        PpoLearner theirs = learner(djl, gaussian);
        Map<String, Object> expected = ours.loss(batch, SETTINGS, ROWS).metrics(SETTINGS);
        Map<String, Object> actual = theirs.loss(batch, SETTINGS, ROWS).metrics(SETTINGS);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        for (String loss : List.of("total_loss", "policy_loss", "vf_loss", "entropy", "kl", "approx_kl", "grad_norm")) {
            double want = ((Number) expected.get(loss)).doubleValue();
            assertThat(((Number) actual.get(loss)).doubleValue())
                    .as(loss)
                    .isCloseTo(want, within(1e-5 * Math.max(1, Math.abs(want))));
        }
        agree(theirs.gradient(), TurnedWeights.toDjl(mlp, ours.gradient()));
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void aLossWrittenInOperationsOfDjlHasThatGradient(boolean gaussian, boolean shared) {
        Mlp mlp = mlp(gaussian, shared);
        RolloutBatch batch = batch(mlp, gaussian);
        PpoLearner ours = learner(mlp, gaussian);
        double expected =
                ((Number) ours.loss(batch, SETTINGS, ROWS).metrics(SETTINGS).get("total_loss")).doubleValue();
        NetworkProviders.of("djl"); // offline, one thread
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
                GradientCollector collector = manager.getEngine().newGradientCollector()) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            for (ParameterSegment segment : mlp.segments()) {
                int to = segment.offset() + segment.size();
                NDArray weight = manager.create(
                        Arrays.copyOfRange(mlp.parameters(), segment.offset(), to),
                        new Shape(segment.rows(), segment.columns()));
                weight.setRequiresGradient(true);
                weights.put(segment.name(), weight);
            }
            NDArray loss = new LossOnDjl(manager, weights, batch, gaussian, shared).mean();
            assertThat((double) loss.getFloat()).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
            collector.backward(loss);
            float[] gradient = new float[mlp.parameters().length];
            for (ParameterSegment segment : mlp.segments()) {
                float[] part = weights.get(segment.name()).getGradient().toFloatArray();
                System.arraycopy(part, 0, gradient, segment.offset(), part.length);
            }
            agree(gradient, ours.gradient());
        }
    }

    /** The loss of PPO as its papers have it, whole arrays at a time. */
    private static final class LossOnDjl {
        private static final float LOG_2_PI = (float) StrictMath.log(2 * StrictMath.PI);

        private final NDManager manager;
        private final Map<String, NDArray> weights;
        private final RolloutBatch batch;
        private final boolean gaussian;
        private final boolean shared;

        LossOnDjl(
                NDManager manager, Map<String, NDArray> weights, RolloutBatch batch, boolean gaussian, boolean shared) {
            this.manager = manager;
            this.weights = weights;
            this.batch = batch;
            this.gaussian = gaussian;
            this.shared = shared;
        }

        NDArray mean() {
            NDArray observations = manager.create(batch.observation, new Shape(ROWS, FEATURES));
            NDArray policy = head("policy", hidden(shared ? "trunk" : "policy", observations));
            NDArray value = head("value", hidden(shared ? "trunk" : "value", observations))
                    .reshape(ROWS);
            NDArray[] outcome = gaussian ? gaussian(policy) : categorical(policy);
            NDArray advantage = manager.create(Arrays.copyOf(batch.advantage, ROWS));
            NDArray centred = advantage.sub(advantage.mean());
            NDArray deviation = centred.square().sum().div(ROWS - 1).sqrt();
            advantage = centred.div(deviation.add(1e-8));
            NDArray ratio = outcome[0]
                    .sub(manager.create(Arrays.copyOf(batch.logProb, ROWS)))
                    .exp();
            NDArray surrogate = NDArrays.minimum(
                    ratio.mul(advantage), ratio.clip(0.8f, 1.2f).mul(advantage));
            NDArray target = manager.create(Arrays.copyOf(batch.valueTarget, ROWS));
            NDArray old = manager.create(Arrays.copyOf(batch.value, ROWS));
            NDArray near = old.add(value.sub(old).clip(-0.3f, 0.3f));
            NDArray valueLoss = NDArrays.maximum(
                    value.sub(target).square(), near.sub(target).square());
            return surrogate
                    .neg()
                    .add(valueLoss.mul(0.5f))
                    .sub(outcome[1].mul(0.01f))
                    .add(outcome[2].mul(0.2f))
                    .mean();
        }

        private NDArray hidden(String stack, NDArray x) {
            NDArray y = x;
            for (int layer = 0; weights.containsKey(stack + ".hidden." + layer + ".weight"); layer++) {
                NDArray weight = weights.get(stack + ".hidden." + layer + ".weight");
                y = y.dot(weight)
                        .add(weights.get(stack + ".hidden." + layer + ".bias"))
                        .tanh();
            }
            return y;
        }

        private NDArray head(String name, NDArray x) {
            return x.dot(weights.get(name + ".head.weight").transpose()).add(weights.get(name + ".head.bias"));
        }

        private NDArray[] categorical(NDArray logits) {
            float[] oneHot = new float[ROWS * 3];
            for (int i = 0; i < ROWS; i++) {
                oneHot[i * 3 + (int) batch.action[i]] = 1;
            }
            NDArray logP = logits.logSoftmax(1);
            NDArray oldLogP = manager.create(Arrays.copyOf(batch.policyInput, ROWS * 3), new Shape(ROWS, 3))
                    .logSoftmax(1);
            int[] columns = {1};
            return new NDArray[] {
                logP.mul(manager.create(oneHot, new Shape(ROWS, 3))).sum(columns),
                logP.exp().mul(logP).sum(columns).neg(),
                oldLogP.exp().mul(oldLogP.sub(logP)).sum(columns)
            };
        }

        private NDArray[] gaussian(NDArray mean) {
            NDArray logStd = weights.get("log_std").reshape(1, 2);
            NDArray std = logStd.exp();
            NDArray action = manager.create(Arrays.copyOf(batch.action, ROWS * 2), new Shape(ROWS, 2));
            NDArray old = manager.create(Arrays.copyOf(batch.policyInput, ROWS * 4), new Shape(ROWS, 4));
            NDArray oldMean = old.get(":, 0:2");
            NDArray oldLogStd = old.get(":, 2:4");
            int[] columns = {1};
            NDArray z = action.sub(mean).div(std);
            NDArray logProb =
                    z.square().mul(-0.5f).sub(logStd).sub(0.5f * LOG_2_PI).sum(columns);
            NDArray entropy = logStd.add(0.5f + 0.5f * LOG_2_PI)
                    .sum(columns)
                    .add(mean.sum(columns).mul(0f));
            NDArray kl = logStd.sub(oldLogStd)
                    .add(oldLogStd
                            .exp()
                            .square()
                            .add(oldMean.sub(mean).square())
                            .div(std.square().mul(2f)))
                    .sub(0.5f)
                    .sum(columns);
            return new NDArray[] {logProb, entropy, kl};
        }
    }
}
