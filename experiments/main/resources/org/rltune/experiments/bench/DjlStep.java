import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Prints the median time of one minibatch step of PPO with DJL on PyTorch, in microseconds: data from Java arrays, a shared
 * trunk of two tanh layers on 4 observations, two actions, clipped loss, value loss, entropy, backward, clipping by global
 * norm, Adam. LearnerBench starts it from its source, on DJL's jars. Arguments: width of the layers, samples, seconds.
 */
public final class DjlStep {
    private static final int OBSERVATIONS = 4;
    private static final int ACTIONS = 2;

    private final int samples;
    private final NDManager manager = NDManager.newBaseManager();
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> firstMoments = new ArrayList<>();
    private final List<NDArray> secondMoments = new ArrayList<>();
    private final Random random = new Random(1);
    private final float[] observations;
    private final float[] actions;
    private final float[] oldLogProbs;
    private final float[] advantages;
    private final float[] targets;
    private int steps;

    private DjlStep(int hidden, int samples) {
        this.samples = samples;
        int[][] layers = {{hidden, OBSERVATIONS}, {hidden, hidden}, {ACTIONS, hidden}, {1, hidden}};
        for (int[] layer : layers) {
            weight(new Shape(layer[0], layer[1]), 1 / Math.sqrt(layer[1]));
            weight(new Shape(layer[0]), 0);
        }
        observations = normals(samples * OBSERVATIONS);
        advantages = normals(samples);
        targets = normals(samples);
        oldLogProbs = new float[samples];
        Arrays.fill(oldLogProbs, (float) -Math.log(ACTIONS));
        actions = new float[samples * ACTIONS];
        for (int i = 0; i < samples; i++) {
            actions[i * ACTIONS + random.nextInt(ACTIONS)] = 1;
        }
    }

    private void weight(Shape shape, double scale) {
        float[] values = normals((int) shape.size());
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) scale;
        }
        NDArray weight = manager.create(values, shape);
        weight.setRequiresGradient(true);
        weights.add(weight);
        firstMoments.add(manager.zeros(shape));
        secondMoments.add(manager.zeros(shape));
    }

    private float[] normals(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private NDArray linear(NDArray input, int layer) {
        return Linear.linear(input, weights.get(2 * layer), weights.get(2 * layer + 1))
                .singletonOrThrow();
    }

    private void step() {
        steps++;
        try (NDManager scope = manager.newSubManager()) {
            NDArray input = scope.create(observations, new Shape(samples, OBSERVATIONS));
            NDArray oneHot = scope.create(actions, new Shape(samples, ACTIONS));
            NDArray old = scope.create(oldLogProbs);
            NDArray advantage = scope.create(advantages);
            NDArray target = scope.create(targets);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray trunk = linear(linear(input, 0).tanh(), 1).tanh();
                NDArray logProbs = linear(trunk, 2).logSoftmax(1);
                NDArray value = linear(trunk, 3).reshape(samples);
                NDArray ratio = logProbs.mul(oneHot).sum(new int[] {1}).sub(old).exp();
                NDArray gain =
                        ratio.mul(advantage).minimum(ratio.clip(0.8f, 1.2f).mul(advantage));
                NDArray entropy = logProbs.exp().mul(logProbs).sum(new int[] {1});
                NDArray loss = value.sub(target)
                        .square()
                        .mul(0.5f)
                        .sub(gain)
                        .add(entropy.mul(0.01f))
                        .mean();
                collector.backward(loss);
            }
            update(scope);
        }
    }

    private void update(NDManager scope) {
        NDList gradients = new NDList();
        for (NDArray weight : weights) {
            NDArray gradient = weight.getGradient();
            gradient.attach(scope);
            gradients.add(gradient);
        }
        NDList norms = new NDList();
        gradients.forEach(gradient -> norms.add(gradient.square().sum()));
        float squares = NDArrays.stack(norms).sum().getFloat();
        float scale = (float) Math.min(1, 0.5 / (Math.sqrt(squares) + 1e-6));
        double correction = Math.sqrt(1 - Math.pow(0.999, steps)) / (1 - Math.pow(0.9, steps));
        for (int i = 0; i < weights.size(); i++) {
            NDList inputs = new NDList(weights.get(i), gradients.get(i), firstMoments.get(i), secondMoments.get(i));
            weights.get(i)
                    .getNDArrayInternal()
                    .adamUpdate(
                            inputs,
                            new NDList(weights.get(i)),
                            3e-4f,
                            (float) (3e-4 * correction),
                            0,
                            scale,
                            -1,
                            0.9f,
                            0.999f,
                            1e-5f,
                            true,
                            false);
            gradients.get(i).subi(gradients.get(i));
        }
    }

    public static void main(String[] args) {
        DjlStep learner = new DjlStep(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        double seconds = Double.parseDouble(args[2]);
        List<Double> micros = new ArrayList<>();
        long start = System.nanoTime();
        double elapsed = 0;
        while (elapsed < seconds || micros.size() < 3) {
            long before = System.nanoTime();
            learner.step();
            elapsed = (System.nanoTime() - start) / 1e9;
            if (elapsed > seconds / 2) {
                micros.add((System.nanoTime() - before) / 1e3);
            }
        }
        micros.sort(null);
        System.out.println("djl-step-us " + micros.get(micros.size() / 2));
        System.exit(0);
    }
}
