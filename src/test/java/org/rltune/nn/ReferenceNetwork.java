package org.rltune.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * The same network in double precision, one row at a time, with StrictMath and textbook back-propagation. It finds its
 * weights by the names of the segments.
 */
final class ReferenceNetwork {
    private final MlpConfig config;
    private final List<ParameterSegment> segments;
    final double[] parameters;

    ReferenceNetwork(Mlp mlp) {
        config = mlp.config();
        segments = mlp.segments();
        parameters = new double[mlp.parameters().length];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = mlp.parameters()[i];
        }
    }

    private int offset(String name) {
        return segments.stream()
                .filter(segment -> segment.name().equals(name))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    /** Policy outputs, then the value. */
    double[] forward(double[] observation) {
        List<double[]> policy = hidden(config.vfShareLayers() ? "trunk" : "policy", observation);
        List<double[]> value = hidden(config.vfShareLayers() ? "trunk" : "value", observation);
        double[] out = new double[config.policyOutputs() + 1];
        double[] x = policy.get(policy.size() - 1);
        for (int j = 0; j < config.headOutputs(); j++) {
            out[j] = head("policy", x, j);
            if ((config.logStds() > 0)) {
                out[config.headOutputs() + j] = parameters[offset("log_std") + j];
            }
        }
        out[config.policyOutputs()] = head("value", value.get(value.size() - 1), 0);
        return out;
    }

    private double head(String name, double[] x, int j) {
        double sum = parameters[offset(name + ".head.bias") + j];
        for (int i = 0; i < x.length; i++) {
            sum += parameters[offset(name + ".head.weight") + j * x.length + i] * x[i];
        }
        return sum;
    }

    /** The observation, then the activations of each layer. */
    private List<double[]> hidden(String name, double[] observation) {
        List<double[]> layers = new ArrayList<>(List.of(observation));
        for (int l = 0; l < config.hiddens().size(); l++) {
            double[] x = layers.get(l);
            double[] y = new double[config.hiddens().get(l)];
            int weight = offset(name + ".hidden." + l + ".weight");
            int bias = offset(name + ".hidden." + l + ".bias");
            for (int j = 0; j < y.length; j++) {
                double sum = parameters[bias + j];
                for (int i = 0; i < x.length; i++) {
                    sum += parameters[weight + i * y.length + j] * x[i];
                }
                y[j] = config.activation() == Activation.TANH ? StrictMath.tanh(sum) : Math.max(0, sum);
            }
            layers.add(y);
        }
        return layers;
    }

    /** Adds d(dOut . forward(observation)) / dParameters to {@code gradient}. */
    void backward(double[] observation, double[] dOut, double[] gradient) {
        int heads = config.headOutputs();
        for (int j = 0; (config.logStds() > 0) && j < heads; j++) {
            gradient[offset("log_std") + j] += dOut[heads + j];
        }
        String policy = config.vfShareLayers() ? "trunk" : "policy";
        String value = config.vfShareLayers() ? "trunk" : "value";
        List<double[]> policyLayers = hidden(policy, observation);
        List<double[]> valueLayers = hidden(value, observation);
        double[] dPolicy = headBackward("policy", policyLayers, dOut, 0, heads, gradient);
        double[] dValue = headBackward("value", valueLayers, dOut, config.policyOutputs(), 1, gradient);
        hiddenBackward(policy, policyLayers, dPolicy, gradient);
        hiddenBackward(value, valueLayers, dValue, gradient);
    }

    private double[] headBackward(
            String name, List<double[]> layers, double[] dOut, int first, int count, double[] gradient) {
        double[] x = layers.get(layers.size() - 1);
        double[] d = new double[x.length];
        for (int j = 0; j < count; j++) {
            double g = dOut[first + j];
            gradient[offset(name + ".head.bias") + j] += g;
            for (int i = 0; i < x.length; i++) {
                int weight = offset(name + ".head.weight") + j * x.length + i;
                gradient[weight] += g * x[i];
                d[i] += g * parameters[weight];
            }
        }
        return d;
    }

    private void hiddenBackward(String name, List<double[]> layers, double[] dTop, double[] gradient) {
        double[] d = dTop;
        for (int l = config.hiddens().size() - 1; l >= 0; l--) {
            double[] x = layers.get(l);
            double[] y = layers.get(l + 1);
            double[] below = new double[x.length];
            for (int j = 0; j < y.length; j++) {
                double slope = config.activation() == Activation.TANH ? 1 - y[j] * y[j] : y[j] > 0 ? 1 : 0;
                double g = d[j] * slope;
                gradient[offset(name + ".hidden." + l + ".bias") + j] += g;
                for (int i = 0; i < x.length; i++) {
                    int weight = offset(name + ".hidden." + l + ".weight") + i * y.length + j;
                    gradient[weight] += g * x[i];
                    below[i] += g * parameters[weight];
                }
            }
            d = below;
        }
    }
}
