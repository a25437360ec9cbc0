package org.rltune.nn;

/** Log-probability, entropy and KL of one row in double precision, by the textbook formulas. */
interface ReferenceDistribution {
    double logProb(double[] inputs, double[] action);

    double entropy(double[] inputs);

    double kl(double[] oldInputs, double[] newInputs);

    static ReferenceDistribution of(ActionDistribution distribution) {
        return distribution instanceof Categorical ? new Softmax() : new Normal();
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
