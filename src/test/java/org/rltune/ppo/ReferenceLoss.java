package org.rltune.ppo;

import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.ParameterSegment;
import org.rltune.rollout.RolloutBatch;

/** The PPO loss over a whole batch, written from the papers' formulas in double precision, on a {@link Tape}. */
final class ReferenceLoss {
    private static final double LOG_2_PI = StrictMath.log(2 * StrictMath.PI);

    private final Mlp network;
    private final boolean gaussian;
    private final RolloutBatch batch;
    private final PpoLearner.Settings settings;

    ReferenceLoss(Mlp network, boolean gaussian, RolloutBatch batch, PpoLearner.Settings settings) {
        this.network = network;
        this.gaussian = gaussian;
        this.batch = batch;
        this.settings = settings;
    }

    double value(double[] parameters) {
        Tape tape = new Tape();
        return tape.value(loss(tape, parameters));
    }

    double[] gradient(double[] parameters) {
        Tape tape = new Tape();
        return tape.gradient(loss(tape, parameters), parameters.length);
    }

    private int loss(Tape t, double[] parameters) {
        for (double parameter : parameters) {
            t.input(parameter); // node i is parameter i
        }
        int n = batch.rows();
        double mean = 0;
        double scale = 1;
        if (settings.normalizeAdvantage()) {
            for (int i = 0; i < n; i++) {
                mean += batch.advantage[i] / (double) n;
            }
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += (batch.advantage[i] - mean) * (batch.advantage[i] - mean);
            }
            scale = 1 / (Math.sqrt(squares / (n - 1)) + 1e-8);
        }
        int sum = t.input(0);
        for (int i = 0; i < n; i++) {
            sum = t.plus(sum, sample(t, i, (batch.advantage[i] - mean) * scale));
        }
        return t.scale(sum, 1.0 / n);
    }

    private int sample(Tape t, int i, double advantage) {
        int[] observation = new int[batch.observationSize()];
        for (int j = 0; j < observation.length; j++) {
            observation[j] = t.input(batch.observation[i * observation.length + j]);
        }
        MlpConfig config = network.config();
        int[] hiddenPolicy = hidden(t, config.vfShareLayers() ? "trunk" : "policy", observation);
        int[] hiddenValue = config.vfShareLayers() ? hiddenPolicy : hidden(t, "value", observation);
        int[] inputs = head(t, "policy", hiddenPolicy, config.headOutputs());
        int value = head(t, "value", hiddenValue, 1)[0];
        int[] outcome = gaussian ? gaussian(t, i, inputs) : categorical(t, i, inputs);

        int ratio = t.exp(t.shift(outcome[0], -batch.logProb[i]));
        int clipped = t.clip(ratio, 1 - settings.clipParam(), 1 + settings.clipParam());
        int loss = t.scale(t.min(t.scale(ratio, advantage), t.scale(clipped, advantage)), -1);
        int error = t.shift(value, -batch.valueTarget[i]);
        int valueLoss = t.times(error, error);
        if (settings.vfClipParam() > 0) {
            double c = settings.vfClipParam();
            int near = t.shift(t.clip(t.shift(value, -batch.value[i]), -c, c), batch.value[i] - batch.valueTarget[i]);
            valueLoss = t.max(valueLoss, t.times(near, near));
        }
        loss = t.plus(loss, t.scale(valueLoss, settings.vfLossCoeff()));
        loss = t.plus(loss, t.scale(outcome[1], -settings.entropyCoeff()));
        return t.plus(loss, t.scale(outcome[2], settings.klCoeff()));
    }

    /** Log-probability, entropy and KL(old || new) of a softmax. */
    private int[] categorical(Tape t, int i, int[] logits) {
        int k = logits.length;
        int exps = t.input(0);
        double oldExps = 0;
        for (int j = 0; j < k; j++) {
            exps = t.plus(exps, t.exp(logits[j]));
            oldExps += StrictMath.exp(batch.policyInput[i * k + j]);
        }
        int logSum = t.log(exps);
        int entropy = t.input(0);
        int kl = t.input(0);
        int logProb = -1;
        for (int j = 0; j < k; j++) {
            int logP = t.minus(logits[j], logSum);
            entropy = t.minus(entropy, t.times(t.exp(logP), logP));
            double oldLogP = batch.policyInput[i * k + j] - StrictMath.log(oldExps);
            kl = t.plus(kl, t.scale(t.shift(t.scale(logP, -1), oldLogP), StrictMath.exp(oldLogP)));
            logProb = j == (int) batch.action[i] ? logP : logProb;
        }
        return new int[] {logProb, entropy, kl};
    }

    /** The same for independent normal variables with a log deviation that does not depend on the state. */
    private int[] gaussian(Tape t, int i, int[] means) {
        int size = means.length;
        int logStd = segment("log_std").offset();
        int logProb = t.input(0);
        int entropy = t.input(0);
        int kl = t.input(0);
        for (int j = 0; j < size; j++) {
            int s = logStd + j;
            int inverse = t.exp(t.scale(s, -1));
            int z = t.times(t.shift(t.scale(means[j], -1), batch.action[i * size + j]), inverse);
            logProb = t.minus(logProb, t.shift(t.plus(t.scale(t.times(z, z), 0.5), s), 0.5 * LOG_2_PI));
            entropy = t.plus(entropy, t.shift(s, 0.5 + 0.5 * LOG_2_PI));
            double oldMean = batch.policyInput[i * 2 * size + j];
            double oldLogStd = batch.policyInput[i * 2 * size + size + j];
            int d = t.times(t.shift(means[j], -oldMean), inverse);
            int r = t.scale(inverse, StrictMath.exp(oldLogStd));
            int term = t.scale(t.plus(t.times(d, d), t.times(r, r)), 0.5);
            kl = t.plus(kl, t.plus(t.shift(s, -oldLogStd - 0.5), term));
        }
        return new int[] {logProb, entropy, kl};
    }

    private int[] hidden(Tape t, String stack, int[] x) {
        int layer = 0;
        for (int width : network.config().hiddens()) {
            ParameterSegment weight = segment(stack + ".hidden." + layer + ".weight");
            ParameterSegment bias = segment(stack + ".hidden." + layer + ".bias");
            int[] y = new int[width];
            for (int o = 0; o < width; o++) {
                int sum = bias.offset() + o;
                for (int j = 0; j < x.length; j++) {
                    sum = t.plus(sum, t.times(x[j], weight.offset() + j * width + o));
                }
                y[o] = network.config().activation() == Activation.TANH ? t.tanh(sum) : t.relu(sum);
            }
            x = y;
            layer++;
        }
        return x;
    }

    private int[] head(Tape t, String name, int[] x, int outputs) {
        ParameterSegment weight = segment(name + ".head.weight");
        ParameterSegment bias = segment(name + ".head.bias");
        int[] y = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            int sum = bias.offset() + o;
            for (int j = 0; j < x.length; j++) {
                sum = t.plus(sum, t.times(x[j], weight.offset() + o * x.length + j));
            }
            y[o] = sum;
        }
        return y;
    }

    private ParameterSegment segment(String name) {
        return network.segments().stream()
                .filter(segment -> segment.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
