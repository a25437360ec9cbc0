package org.rltune.experiments;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.Activation;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Scratch;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.Session;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.Trainables;
import org.rltune.tune.space.HyperParams;

/**
 * Learns to read {@link DigitImages}: softmax of an MLP, cross entropy, Adam, an L2 penalty and noise on the inputs.
 *
 * <p>The library's networks serve as they are: the policy head is the classifier, a categorical distribution over "actions"
 * that are the digits. Its value head stays unused, and its parameters get no gradient.
 */
final class DigitClassifier {
    private static final int CHUNK = 250;

    /** How many pictures validate, and how many test. */
    static final int HELD_OUT = 1000;

    /** What the values are where a config does not say. */
    static final Map<String, Object> DEFAULTS = Map.of(
            "hidden",
            32,
            "layers",
            1,
            "activation",
            "relu",
            "lr",
            0.001,
            "minibatch_size",
            64,
            "l2",
            0.0,
            "input_noise",
            0.0,
            "epochs",
            27,
            "pictures",
            2000,
            "data_seed",
            0);

    /** The training loop as a trainable that experiment files can name. */
    static final TrainableSpec SPEC = Trainables.function("DigitClassifier", DigitClassifier::train);

    private final HyperParams config;
    private final Kernels kernels = Kernels.best();
    private final ActionDistribution softmax = ActionDistribution.categorical(DigitImages.CLASSES);
    private final Mlp network;
    private final Adam adam;

    DigitClassifier(HyperParams config, Seeds seeds) {
        for (String name : config.names()) {
            if (!DEFAULTS.containsKey(name)) {
                throw new IllegalArgumentException("DigitClassifier has no hyperparameter '" + name + "'. Known: "
                        + String.join(", ", new TreeSet<>(DEFAULTS.keySet())) + ".");
            }
        }
        this.config = config;
        if (integer("pictures") < DigitImages.CLASSES || epochs() < 1) {
            throw new IllegalArgumentException("pictures must be at least " + DigitImages.CLASSES
                    + " and epochs at least 1, but they are " + integer("pictures") + " and " + epochs() + ".");
        }
        int[] widths = new int[integer("layers")];
        Arrays.fill(widths, integer("hidden"));
        List<Integer> hiddens = Arrays.stream(widths).boxed().toList();
        this.network = new Mlp(
                new MlpConfig(
                        DigitImages.PIXELS,
                        DigitImages.CLASSES,
                        hiddens,
                        Activation.parse(String.valueOf(value("activation"))),
                        true,
                        false),
                kernels);
        network.initialize(seeds.stream("weights"), 0);
        this.adam = new Adam(kernels, network.parameters().length, 1e-8);
    }

    private Object value(String name) {
        return config.contains(name) ? config.get(name) : java.util.Objects.requireNonNull(DEFAULTS.get(name));
    }

    private double real(String name) {
        return ((Number) value(name)).doubleValue();
    }

    private int integer(String name) {
        return ((Number) value(name)).intValue();
    }

    /** The training loop as a function trainable: one report for each pass over the data. */
    private static void train(HyperParams config, Session session) {
        DigitClassifier classifier = new DigitClassifier(config, session.seeds());
        DigitImages pictures = classifier.trainingPictures();
        DigitImages validation = classifier.heldOut("validation");
        session.checkpoint().ifPresent(classifier::restore);
        while (session.iteration() < classifier.epochs()) {
            double trainLoss = classifier.epoch(pictures, session.seeds().stream("order", session.iteration()));
            Map<String, Object> metrics =
                    new LinkedHashMap<>(classifier.evaluate(validation).metrics("validation_"));
            metrics.put("train_loss", trainLoss);
            session.report(metrics, classifier.save());
        }
    }

    /** Returns how many passes over the data the training makes. */
    int epochs() {
        return integer("epochs");
    }

    /** Draws what it trains on: the same for every classifier with the same {@code data_seed}. */
    DigitImages trainingPictures() {
        return DigitImages.draw(integer("pictures"), dataSeeds().stream("train"));
    }

    /** Draws pictures that training does not see, "validation" or "test". */
    DigitImages heldOut(String which) {
        return DigitImages.draw(HELD_OUT, dataSeeds().stream(which));
    }

    private Seeds dataSeeds() {
        return Seeds.of(integer("data_seed")).child("digits");
    }

    /** Trains on every picture once; returns the mean loss in nats. */
    double epoch(DigitImages data, Pcg64 random) {
        int rows = Math.min(integer("minibatch_size"), data.size());
        float noise = (float) real("input_noise");
        Workspace w = network.workspace(rows);
        Scratch scratch = softmax.scratch(rows);
        float[] inputs = new float[rows * DigitImages.PIXELS];
        float[] labels = new float[rows];
        float[] logProb = new float[rows];
        float[] entropy = new float[rows];
        float[] weight = new float[rows];
        int[] order = random.permutation(data.size());
        double loss = 0;
        for (int start = 0; start < order.length; start += rows) {
            int n = Math.min(rows, order.length - start);
            for (int i = 0; i < n; i++) {
                int sample = order[start + i];
                labels[i] = data.labels()[sample];
                for (int p = 0; p < DigitImages.PIXELS; p++) {
                    float extra = noise == 0 ? 0 : noise * (float) random.standardNormal();
                    inputs[i * DigitImages.PIXELS + p] = data.pixels()[sample * DigitImages.PIXELS + p] + extra;
                }
            }
            network.forward(w, inputs, 0, n);
            softmax.evaluate(kernels, scratch, w.policy, w.capacity, n, labels, logProb, entropy);
            for (int i = 0; i < n; i++) {
                loss -= logProb[i];
            }
            Arrays.fill(weight, 0, n, -1f / n);
            softmax.gradient(kernels, scratch, w.policy, w.capacity, n, labels, weight, 0, null, 0, w.policyGradient);
            Arrays.fill(w.gradient, 0);
            network.backward(w, inputs, 0, n);
            kernels.addScaled(w.gradient.length, (float) real("l2"), network.parameters(), 0, w.gradient, 0);
            adam.step(network.parameters(), w.gradient, real("lr"), Double.POSITIVE_INFINITY);
        }
        return loss / data.size();
    }

    /** How good the classifier is: the share of right answers, and the mean loss in nats. */
    record Quality(double accuracy, double loss) {
        Map<String, Object> metrics(String prefix) {
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put(prefix + "accuracy", accuracy);
            metrics.put(prefix + "loss", loss);
            return metrics;
        }
    }

    /** Classifies every picture. */
    Quality evaluate(DigitImages data) {
        Workspace w = network.workspace(CHUNK);
        Scratch scratch = softmax.scratch(CHUNK);
        float[] labels = new float[CHUNK];
        float[] guesses = new float[CHUNK];
        float[] logProb = new float[CHUNK];
        int right = 0;
        double loss = 0;
        for (int start = 0; start < data.size(); start += CHUNK) {
            int n = Math.min(CHUNK, data.size() - start);
            network.forward(w, data.pixels(), start * DigitImages.PIXELS, n);
            for (int i = 0; i < n; i++) {
                labels[i] = data.labels()[start + i];
            }
            softmax.mode(scratch, w.policy, w.capacity, n, guesses, 0);
            softmax.evaluate(kernels, scratch, w.policy, w.capacity, n, labels, logProb, new float[CHUNK]);
            for (int i = 0; i < n; i++) {
                right += guesses[i] == labels[i] ? 1 : 0;
                loss -= logProb[i];
            }
        }
        return new Quality((double) right / data.size(), loss / data.size());
    }

    /** Returns weights, moments and the number of steps. */
    byte[] save() {
        int n = network.parameters().length;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + 3 * n * Float.BYTES);
        bytes.putLong(adam.steps());
        FloatBuffer floats = bytes.asFloatBuffer();
        floats.put(network.parameters()).put(adam.firstMoments()).put(adam.secondMoments());
        return bytes.array();
    }

    /**
     * Goes on where {@link #save} stood.
     *
     * @throws IllegalArgumentException if the checkpoint is of a network of another size
     */
    void restore(byte[] checkpoint) {
        int n = network.parameters().length;
        if (checkpoint.length != Long.BYTES + 3 * n * Float.BYTES) {
            throw new IllegalArgumentException("The checkpoint has " + checkpoint.length + " bytes, but a network of "
                    + network.config() + " needs " + (Long.BYTES + 3 * n * Float.BYTES)
                    + ". Restore it with the config that it was trained with.");
        }
        ByteBuffer bytes = ByteBuffer.wrap(checkpoint);
        long steps = bytes.getLong();
        FloatBuffer floats = bytes.asFloatBuffer();
        float[] first = new float[n];
        float[] second = new float[n];
        floats.get(network.parameters()).get(first).get(second);
        adam.restore(first, second, steps);
    }
}
