package org.rltune.nn;

/** Log-probability, entropy and KL of one row in double precision, by the textbook formulas. */
interface ReferenceDistribution {
    double logProb(double[] inputs, double[] action);

    double entropy(double[] inputs);

    double kl(double[] oldInputs, double[] newInputs);

    static ReferenceDistribution of(ActionDistribution distribution) {
        if (distribution instanceof Categorical) {
            return new Softmax();
        }
        if (distribution instanceof SquashedGaussian) {
            return new Squashed();
        }
        if (distribution instanceof Beta) {
            return new BetaByIntegration();
        }
        return distribution instanceof Product product ? new Independent(product) : new Normal();
    }

    /** The trapezoid sum over a line, which for smooth functions that vanish at both ends is exact to the last digits. */
    static double integral(double from, double to, double step, java.util.function.DoubleUnaryOperator f) {
        double sum = 0;
        for (double x = from; x <= to; x += step) {
            sum += f.applyAsDouble(x);
        }
        return sum * step;
    }

    /** tanh of normal variables, by integration over the normal variable; the action given is that variable. */
    final class Squashed implements ReferenceDistribution {
        private static double logNormal(double u, double mean, double std) {
            double z = (u - mean) / std;
            return -0.5 * z * z - StrictMath.log(std * StrictMath.sqrt(2 * Math.PI));
        }

        /** ln of the derivative of tanh, 4 / (e^u + e^-u)^2. */
        private static double logSlope(double u) {
            double a = Math.abs(u);
            return StrictMath.log(4) - 2 * a - 2 * StrictMath.log(1 + StrictMath.exp(-2 * a));
        }

        @Override
        public double logProb(double[] inputs, double[] action) {
            double sum = 0;
            for (int j = 0; j < action.length; j++) {
                double std = StrictMath.exp(inputs[action.length + j]);
                sum += logNormal(action[j], inputs[j], std) - logSlope(action[j]);
            }
            return sum;
        }

        @Override
        public double entropy(double[] inputs) {
            int n = inputs.length / 2;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                double mean = inputs[j];
                double std = StrictMath.exp(inputs[n + j]);
                sum -= integral(mean - 9 * std, mean + 9 * std, Math.min(0.05, std / 8), u -> {
                    double logN = logNormal(u, mean, std);
                    return StrictMath.exp(logN) * (logN - logSlope(u));
                });
            }
            return sum;
        }

        @Override
        public double kl(double[] oldInputs, double[] newInputs) {
            int n = oldInputs.length / 2;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                double mean = newInputs[j];
                double std = StrictMath.exp(newInputs[n + j]);
                double oldMean = oldInputs[j];
                double oldStd = StrictMath.exp(oldInputs[n + j]);
                sum += integral(oldMean - 9 * oldStd, oldMean + 9 * oldStd, oldStd / 8, u -> {
                    double old = logNormal(u, oldMean, oldStd);
                    return StrictMath.exp(old) * (old - logNormal(u, mean, std));
                });
            }
            return sum;
        }
    }

    /** Beta variables, whose normalisation too is integrated, over the logit t = ln(a / (1 - a)). */
    final class BetaByIntegration implements ReferenceDistribution {
        private static double shape(double x) {
            return 1 + StrictMath.log(1 + StrictMath.exp(x));
        }

        private static double logA(double t) {
            return -StrictMath.log(1 + StrictMath.exp(-t));
        }

        /** The integral of a^(p-1) (1-a)^(q-1) f(t) over a. */
        private static double weighted(double p, double q, java.util.function.DoubleUnaryOperator f) {
            return integral(-33, 33, 0.25, t -> StrictMath.exp(p * logA(t) + q * logA(-t)) * f.applyAsDouble(t));
        }

        private static double logDensity(double p, double q, double t) {
            return (p - 1) * logA(t) + (q - 1) * logA(-t) - StrictMath.log(weighted(p, q, x -> 1));
        }

        @Override
        public double logProb(double[] inputs, double[] action) {
            int n = action.length;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                double t = StrictMath.log(action[j] / (1 - action[j]));
                sum += logDensity(shape(inputs[j]), shape(inputs[n + j]), t);
            }
            return sum;
        }

        @Override
        public double entropy(double[] inputs) {
            return -expected(inputs, inputs);
        }

        /** The expectation under the old variables of the log-density of the new ones. */
        private static double expected(double[] oldInputs, double[] newInputs) {
            int n = oldInputs.length / 2;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                double p = shape(oldInputs[j]);
                double q = shape(oldInputs[n + j]);
                double newP = shape(newInputs[j]);
                double newQ = shape(newInputs[n + j]);
                sum += weighted(p, q, t -> (newP - 1) * logA(t) + (newQ - 1) * logA(-t)) / weighted(p, q, t -> 1)
                        - StrictMath.log(weighted(newP, newQ, t -> 1));
            }
            return sum;
        }

        @Override
        public double kl(double[] oldInputs, double[] newInputs) {
            return expected(oldInputs, oldInputs) - expected(oldInputs, newInputs);
        }
    }

    /** Independent parts: sums over them, log standard deviations standing last. */
    final class Independent implements ReferenceDistribution {
        private final Product product;

        Independent(Product product) {
            this.product = product;
        }

        private interface Term {
            double of(ReferenceDistribution part, double[] action, double[] oldInputs, double[] inputs);
        }

        private double sum(double[] action, double[] oldInputs, double[] inputs, Term term) {
            double sum = 0;
            int head = 0;
            int logStd = product.inputs() - product.logStds();
            int at = 0;
            for (ActionDistribution part : product.parts()) {
                int heads = part.inputs() - part.logStds();
                double[][] own = {new double[part.inputs()], new double[part.inputs()]};
                double[][] all = {oldInputs, inputs};
                for (int which = 0; which < 2; which++) {
                    System.arraycopy(all[which], head, own[which], 0, heads);
                    System.arraycopy(all[which], logStd, own[which], heads, part.logStds());
                }
                double[] itsAction = java.util.Arrays.copyOfRange(action, at, at + part.actionSize());
                sum += term.of(of(part), itsAction, own[0], own[1]);
                head += heads;
                logStd += part.logStds();
                at += part.actionSize();
            }
            return sum;
        }

        private static ReferenceDistribution of(ActionDistribution part) {
            return ReferenceDistribution.of(part);
        }

        @Override
        public double logProb(double[] inputs, double[] action) {
            return sum(action, inputs, inputs, (part, a, old, own) -> part.logProb(own, a));
        }

        @Override
        public double entropy(double[] inputs) {
            double[] none = new double[product.actionSize()];
            return sum(none, inputs, inputs, (part, a, old, own) -> part.entropy(own));
        }

        @Override
        public double kl(double[] oldInputs, double[] newInputs) {
            double[] none = new double[product.actionSize()];
            return sum(none, oldInputs, newInputs, (part, a, old, own) -> part.kl(old, own));
        }
    }

    final class Softmax implements ReferenceDistribution {
        static double[] probabilities(double[] logits) {
            double sum = 0;
            double[] p = new double[logits.length];
            double max = Double.NEGATIVE_INFINITY;
            for (double logit : logits) {
                max = Math.max(max, logit);
            }
            for (int a = 0; a < p.length; a++) {
                p[a] = StrictMath.exp(logits[a] - max);
                sum += p[a];
            }
            for (int a = 0; a < p.length; a++) {
                p[a] /= sum;
            }
            return p;
        }

        @Override
        public double logProb(double[] inputs, double[] action) {
            return StrictMath.log(probabilities(inputs)[(int) action[0]]);
        }

        @Override
        public double entropy(double[] inputs) {
            double sum = 0;
            for (double p : probabilities(inputs)) {
                sum -= p * StrictMath.log(p);
            }
            return sum;
        }

        @Override
        public double kl(double[] oldInputs, double[] newInputs) {
            double[] p = probabilities(oldInputs);
            double[] q = probabilities(newInputs);
            double sum = 0;
            for (int a = 0; a < p.length; a++) {
                sum += p[a] * StrictMath.log(p[a] / q[a]);
            }
            return sum;
        }
    }

    final class Normal implements ReferenceDistribution {
        @Override
        public double logProb(double[] inputs, double[] action) {
            double sum = 0;
            for (int j = 0; j < action.length; j++) {
                double std = StrictMath.exp(inputs[action.length + j]);
                double z = (action[j] - inputs[j]) / std;
                sum += StrictMath.log(StrictMath.exp(-z * z / 2) / (std * StrictMath.sqrt(2 * Math.PI)));
            }
            return sum;
        }

        @Override
        public double entropy(double[] inputs) {
            double sum = 0;
            for (int j = inputs.length / 2; j < inputs.length; j++) {
                double variance = StrictMath.exp(2 * inputs[j]);
                sum += 0.5 * StrictMath.log(2 * Math.PI * Math.E * variance);
            }
            return sum;
        }

        @Override
        public double kl(double[] oldInputs, double[] newInputs) {
            int n = oldInputs.length / 2;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                double oldVariance = StrictMath.exp(2 * oldInputs[n + j]);
                double variance = StrictMath.exp(2 * newInputs[n + j]);
                double gap = oldInputs[j] - newInputs[j];
                sum += 0.5 * (StrictMath.log(variance / oldVariance) + (oldVariance + gap * gap) / variance - 1);
            }
            return sum;
        }
    }
}
