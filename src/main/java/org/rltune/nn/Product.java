package org.rltune.nn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;

/**
 * Independent parts of an action, each with a distribution of its own: log-probabilities, entropies and KL divergences add
 * up, in the order of parts (RLlib's {@code MultiActionDistribution}; of Categoricals alone its {@code MultiCategorical}).
 *
 * <p>Actions of the parts follow one another. So do their inputs, but that log standard deviations of all parts come last,
 * in the order of parts: {@link Mlp} can hold those for all states together.
 *
 * @param parts two or more
 */
public record Product(List<ActionDistribution> parts) implements ActionDistribution {
    /** Checks the number of parts. */
    public Product {
        parts = List.copyOf(parts);
        Check.atLeast("the number of parts", parts.size(), 2);
    }

    /** Copies of one part's columns, and its own temporary memory. */
    private static final class Part {
        final ActionDistribution distribution;
        final Scratch scratch;
        final float[] inputs;
        final float[] oldInputs;
        final float[] gradient;
        final float[] actions;
        final float[] logProb;
        final float[] entropy;
        final int head;
        final int logStd;
        final int action;

        Part(ActionDistribution distribution, int maxRows, int head, int logStd, int action) {
            this.distribution = distribution;
            this.scratch = distribution.scratch(maxRows);
            this.inputs = new float[distribution.inputs() * maxRows];
            this.oldInputs = new float[inputs.length];
            this.gradient = new float[inputs.length];
            this.actions = new float[distribution.actionSize() * maxRows];
            this.logProb = new float[maxRows];
            this.entropy = new float[maxRows];
            this.head = head;
            this.logStd = logStd;
            this.action = action;
        }

        int heads() {
            return distribution.inputs() - distribution.logStds();
        }

        /** The column among all inputs of this part's input {@code j}. */
        int column(int j) {
            return j < heads() ? head + j : logStd + j - heads();
        }

        void read(float[] all, int stride, int rows, float[] own) {
            for (int j = 0; j < distribution.inputs(); j++) {
                System.arraycopy(all, column(j) * stride, own, j * stride, rows);
            }
        }

        void readActions(float[] all, int stride, int rows) {
            for (int j = 0; j < distribution.actionSize(); j++) {
                System.arraycopy(all, (action + j) * stride, actions, j * stride, rows);
            }
        }

        /** Writes actions that lie in rows of this part to rows of the whole. */
        void writeActions(float[] all, int offset, int size, int rows) {
            int own = distribution.actionSize();
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < own; j++) {
                    all[offset + i * size + action + j] = actions[i * own + j];
                }
            }
        }
    }

    private static final class Memory extends Scratch {
        final Part[] parts;
        final int actionSize;

        Memory(List<ActionDistribution> distributions, int heads, int maxRows) {
            super(0, maxRows);
            parts = new Part[distributions.size()];
            int head = 0;
            int logStd = heads;
            int action = 0;
            for (int p = 0; p < parts.length; p++) {
                ActionDistribution d = distributions.get(p);
                parts[p] = new Part(d, maxRows, head, logStd, action);
                head += d.inputs() - d.logStds();
                logStd += d.logStds();
                action += d.actionSize();
            }
            actionSize = action;
        }
    }

    private static Part[] parts(Scratch s) {
        return ((Memory) s).parts;
    }

    @Override
    public int inputs() {
        int sum = 0;
        for (ActionDistribution part : parts) {
            sum += part.inputs();
        }
        return sum;
    }

    @Override
    public int logStds() {
        int sum = 0;
        for (ActionDistribution part : parts) {
            sum += part.logStds();
        }
        return sum;
    }

    @Override
    public int actionSize() {
        int sum = 0;
        for (ActionDistribution part : parts) {
            sum += part.actionSize();
        }
        return sum;
    }

    @Override
    public Scratch scratch(int maxRows) {
        return new Memory(parts, inputs() - logStds(), maxRows);
    }

    @Override
    public void sample(
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            Pcg64[] random,
            float[] actions,
            int actionOffset,
            float[] logProb,
            int logProbOffset) {
        int size = ((Memory) s).actionSize;
        Arrays.fill(logProb, logProbOffset, logProbOffset + rows, 0f);
        for (Part part : parts(s)) {
            part.read(inputs, stride, rows, part.inputs);
            part.distribution.sample(part.scratch, part.inputs, stride, rows, random, part.actions, 0, part.logProb, 0);
            part.writeActions(actions, actionOffset, size, rows);
            for (int i = 0; i < rows; i++) {
                logProb[logProbOffset + i] += part.logProb[i];
            }
        }
    }

    @Override
    public void mode(Scratch s, float[] inputs, int stride, int rows, float[] actions, int actionOffset) {
        int size = ((Memory) s).actionSize;
        for (Part part : parts(s)) {
            part.read(inputs, stride, rows, part.inputs);
            part.distribution.mode(part.scratch, part.inputs, stride, rows, part.actions, 0);
            part.writeActions(actions, actionOffset, size, rows);
        }
    }

    @Override
    public void evaluate(
            Kernels k,
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            float[] actions,
            float[] logProb,
            float[] entropy) {
        Arrays.fill(logProb, 0, rows, 0f);
        Arrays.fill(entropy, 0, rows, 0f);
        for (Part part : parts(s)) {
            part.read(inputs, stride, rows, part.inputs);
            part.readActions(actions, stride, rows);
            part.distribution.evaluate(
                    k, part.scratch, part.inputs, stride, rows, part.actions, part.logProb, part.entropy);
            k.add(rows, logProb, 0, part.logProb, 0, logProb, 0);
            k.add(rows, entropy, 0, part.entropy, 0, entropy, 0);
        }
    }

    @Override
    public void kl(Kernels k, Scratch s, float[] oldInputs, float[] newInputs, int stride, int rows, float[] kl) {
        Arrays.fill(kl, 0, rows, 0f);
        for (Part part : parts(s)) {
            part.read(newInputs, stride, rows, part.inputs);
            part.read(oldInputs, stride, rows, part.oldInputs);
            part.distribution.kl(k, part.scratch, part.oldInputs, part.inputs, stride, rows, part.entropy);
            k.add(rows, kl, 0, part.entropy, 0, kl, 0);
        }
    }

    @Override
    public void gradient(
            Kernels k,
            Scratch s,
            float[] inputs,
            int stride,
            int rows,
            float[] actions,
            float[] dLogProb,
            float entropyScale,
            float @Nullable [] oldInputs,
            float klScale,
            float[] dInputs) {
        for (Part part : parts(s)) {
            part.read(inputs, stride, rows, part.inputs);
            part.readActions(actions, stride, rows);
            if (klScale != 0f) {
                part.read(Distributions.needed(oldInputs, klScale), stride, rows, part.oldInputs);
            }
            part.distribution.gradient(
                    k,
                    part.scratch,
                    part.inputs,
                    stride,
                    rows,
                    part.actions,
                    dLogProb,
                    entropyScale,
                    part.oldInputs,
                    klScale,
                    part.gradient);
            for (int j = 0; j < part.distribution.inputs(); j++) {
                System.arraycopy(part.gradient, j * stride, dInputs, part.column(j) * stride, rows);
            }
        }
    }
}
