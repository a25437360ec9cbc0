package org.rltune.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.random.Pcg64;

/**
 * A network with memory in double precision, row by row, with StrictMath and back-propagation through time by hand: dense
 * tanh layers, an LSTM cell (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), two linear heads.
 *
 * <pre>
 *   i, f, o = sigmoid(Wx + Rh + b + r),  g = tanh(Wx + Rh + b + r)     rows of W, R, b, r in the order i, f, g, o
 *   c' = f c + i g,  h' = o tanh(c')
 * </pre>
 *
 * <p>The state of a row is h, then c. Parameters: weight (out, in) and bias of each dense layer; W (4 cell, in), R (4 cell,
 * cell), b, r; weight and bias of the policy's head, then of the value's.
 */
public final class ReferenceLstm implements ActorCritic {
    private final int features;
    private final List<Integer> hiddens;
    private final int cell;
    private final int outputs;
    private final float[] parameters;

    /** What is remembered of a row for the way back. */
    private static final class Step {
        boolean begins;
        double[][] layer;
        double[] before; // h, then c
        double[] gate; // i, f, g, o after their functions
        double[] after; // h, then c
    }

    private static final class Memory extends Workspace {
        Step[] steps = {};

        Memory(int capacity, int outputs, int parameters, int stateSize) {
            super(capacity, outputs, parameters, new float[capacity * stateSize]);
        }
    }

    /** Makes a network with parameters drawn from [-0.6, 0.6). */
    public ReferenceLstm(int features, List<Integer> hiddens, int cell, int outputs, Pcg64 random) {
        this.features = features;
        this.hiddens = hiddens;
        this.cell = cell;
        this.outputs = outputs;
        int size = 0;
        int in = features;
        for (int width : hiddens) {
            size += width * (in + 1);
            in = width;
        }
        size += 4 * cell * (in + cell + 2) + (outputs + 1) * (cell + 1);
        parameters = Numbers.uniform(size, 0.6f, random);
    }

    @Override
    public int observationSize() {
        return features + 2 * cell + 1;
    }

    @Override
    public int stateSize() {
        return 2 * cell;
    }

    @Override
    public int policyOutputs() {
        return outputs;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public Workspace workspace(int maxRows) {
        return new Memory(maxRows, outputs, parameters.length, stateSize());
    }

    @Override
    public void forward(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = (Memory) w;
        memory.steps = run(doubles(parameters), observations, offset, rows, w.sequences);
        for (int i = 0; i < rows; i++) {
            double[] out = heads(doubles(parameters), memory.steps[i].after);
            for (int j = 0; j < outputs; j++) {
                w.policy[j * w.capacity + i] = (float) out[j];
            }
            w.value[i] = (float) out[outputs];
            for (int k = 0; k < stateSize(); k++) {
                w.state[i * stateSize() + k] = (float) memory.steps[i].after[k];
            }
        }
    }

    /** The outputs of some rows, policy and value, for other parameters. */
    public double[][] outputs(double[] weights, float[] observations, int rows, boolean sequences) {
        Step[] steps = run(weights, observations, 0, rows, sequences);
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = heads(weights, steps[i].after);
        }
        return out;
    }

    private Step[] run(double[] weights, float[] observations, int offset, int rows, boolean sequences) {
        Step[] steps = new Step[rows];
        for (int i = 0; i < rows; i++) {
            int at = offset + i * observationSize();
            Step step = new Step();
            step.begins = i == 0 || !sequences || observations[at + observationSize() - 1] != 0f;
            step.before = step.begins ? doubles(observations, at + features, stateSize()) : steps[i - 1].after;
            step.layer = new double[hiddens.size() + 1][];
            step.layer[0] = doubles(observations, at, features);
            int p = 0;
            for (int l = 0; l < hiddens.size(); l++) {
                double[] x = step.layer[l];
                double[] y = new double[hiddens.get(l)];
                for (int j = 0; j < y.length; j++) {
                    y[j] = StrictMath.tanh(dot(weights, p + j * x.length, x) + weights[p + y.length * x.length + j]);
                }
                p += y.length * (x.length + 1);
                step.layer[l + 1] = y;
            }
            step.gate = gates(weights, p, step.layer[hiddens.size()], step.before);
            step.after = new double[2 * cell];
            for (int k = 0; k < cell; k++) {
                double c = step.gate[cell + k] * step.before[cell + k] + step.gate[k] * step.gate[2 * cell + k];
                step.after[cell + k] = c;
                step.after[k] = step.gate[3 * cell + k] * StrictMath.tanh(c);
            }
            steps[i] = step;
        }
        return steps;
    }

    private double[] gates(double[] weights, int p, double[] x, double[] before) {
        double[] h = java.util.Arrays.copyOf(before, cell);
        int recurrent = p + 4 * cell * x.length;
        int bias = recurrent + 4 * cell * cell;
        double[] gate = new double[4 * cell];
        for (int j = 0; j < gate.length; j++) {
            double sum = dot(weights, p + j * x.length, x)
                    + dot(weights, recurrent + j * cell, h)
                    + weights[bias + j]
                    + weights[bias + 4 * cell + j];
            gate[j] = j / cell == 2 ? StrictMath.tanh(sum) : 1 / (1 + StrictMath.exp(-sum));
        }
        return gate;
    }

    private double[] heads(double[] weights, double[] state) {
        int at = parameters.length - (outputs + 1) * (cell + 1);
        double[] out = new double[outputs + 1];
        for (int j = 0; j < outputs; j++) {
            out[j] = dot(weights, at + j * cell, state, cell) + weights[at + outputs * cell + j];
        }
        at += outputs * (cell + 1);
        out[outputs] = dot(weights, at, state, cell) + weights[at + cell];
        return out;
    }

    @Override
    public void backward(Workspace w, float[] observations, int offset, int rows) {
        Step[] steps = ((Memory) w).steps;
        if (steps.length != rows) {
            throw new IllegalStateException("The last forward had " + steps.length + " rows.");
        }
        double[] weights = doubles(parameters);
        double[] gradient = new double[weights.length];
        double[] carried = new double[2 * cell]; // from the row after
        for (int i = rows - 1; i >= 0; i--) {
            double[] out = new double[outputs + 1];
            for (int j = 0; j < outputs; j++) {
                out[j] = w.policyGradient[j * w.capacity + i];
            }
            out[outputs] = w.valueGradient[i];
            carried = stepBack(weights, steps[i], out, carried, gradient);
            if (steps[i].begins) {
                carried = new double[2 * cell];
            }
        }
        for (int p = 0; p < gradient.length; p++) {
            w.gradient[p] = (w.beginsGradient ? 0 : w.gradient[p]) + (float) gradient[p];
        }
    }

    /** Adds to the gradient and returns that of the state before. */
    private double[] stepBack(double[] weights, Step step, double[] out, double[] carried, double[] gradient) {
        double[] dState = carried.clone();
        int at = parameters.length - (outputs + 1) * (cell + 1);
        for (int j = 0; j <= outputs; j++) {
            int weight = at + j * cell + (j == outputs ? outputs : 0);
            int bias = j == outputs ? weight + cell : at + outputs * cell + j;
            gradient[bias] += out[j];
            for (int k = 0; k < cell; k++) {
                gradient[weight + k] += out[j] * step.after[k];
                dState[k] += out[j] * weights[weight + k];
            }
        }
        double[] dBefore = new double[2 * cell];
        double[] dSum = new double[4 * cell];
        for (int k = 0; k < cell; k++) {
            double i = step.gate[k];
            double f = step.gate[cell + k];
            double g = step.gate[2 * cell + k];
            double o = step.gate[3 * cell + k];
            double tanh = StrictMath.tanh(step.after[cell + k]);
            double dc = dState[cell + k] + dState[k] * o * (1 - tanh * tanh);
            dBefore[cell + k] = dc * f;
            dSum[k] = dc * g * i * (1 - i);
            dSum[cell + k] = dc * step.before[cell + k] * f * (1 - f);
            dSum[2 * cell + k] = dc * i * (1 - g * g);
            dSum[3 * cell + k] = dState[k] * tanh * o * (1 - o);
        }
        double[] x = step.layer[hiddens.size()];
        int p = at - 4 * cell * (x.length + cell + 2);
        int recurrent = p + 4 * cell * x.length;
        int bias = recurrent + 4 * cell * cell;
        double[] dx = new double[x.length];
        for (int j = 0; j < 4 * cell; j++) {
            gradient[bias + j] += dSum[j];
            gradient[bias + 4 * cell + j] += dSum[j];
            for (int k = 0; k < x.length; k++) {
                gradient[p + j * x.length + k] += dSum[j] * x[k];
                dx[k] += dSum[j] * weights[p + j * x.length + k];
            }
            for (int k = 0; k < cell; k++) {
                gradient[recurrent + j * cell + k] += dSum[j] * step.before[k];
                dBefore[k] += dSum[j] * weights[recurrent + j * cell + k];
            }
        }
        denseBack(weights, step, p, dx, gradient);
        return dBefore;
    }

    private void denseBack(double[] weights, Step step, int end, double[] dTop, double[] gradient) {
        double[] d = dTop;
        int p = end;
        for (int l = hiddens.size() - 1; l >= 0; l--) {
            double[] x = step.layer[l];
            double[] y = step.layer[l + 1];
            p -= y.length * (x.length + 1);
            double[] below = new double[x.length];
            for (int j = 0; j < y.length; j++) {
                double sum = d[j] * (1 - y[j] * y[j]);
                gradient[p + y.length * x.length + j] += sum;
                for (int k = 0; k < x.length; k++) {
                    gradient[p + j * x.length + k] += sum * x[k];
                    below[k] += sum * weights[p + j * x.length + k];
                }
            }
            d = below;
        }
    }

    private static double dot(double[] weights, int at, double[] x) {
        return dot(weights, at, x, x.length);
    }

    private static double dot(double[] weights, int at, double[] x, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += weights[at + k] * x[k];
        }
        return sum;
    }

    private static double[] doubles(float[] x) {
        return doubles(x, 0, x.length);
    }

    private static double[] doubles(float[] x, int at, int count) {
        double[] result = new double[count];
        for (int k = 0; k < count; k++) {
            result[k] = x[at + k];
        }
        return result;
    }

    @Override
    public Map<String, Object> describe() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "reference_lstm");
        return description;
    }
}
