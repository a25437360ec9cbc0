package org.rltune.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Beta;
import org.rltune.nn.Categorical;
import org.rltune.nn.DiagGaussian;
import org.rltune.nn.MaskedActorCritic;
import org.rltune.nn.Mlp;
import org.rltune.nn.ParameterSegment;
import org.rltune.nn.Product;
import org.rltune.nn.SquashedGaussian;

/**
 * Writes a policy with an MLP as an ONNX model: preprocessing, filter, network, the most probable action and its scaling.
 *
 * <p>Input {@code observation}, float (batch, flat size). Outputs: {@code action}, (batch, flat size) as a vector environment
 * takes it, int64 where actions are choices alone and float otherwise; {@code policy}, float (batch, inputs of the
 * distribution); {@code value}, float (batch, 1).
 */
final class OnnxExport {
    private static final float NO_LIMIT = Float.MAX_VALUE;

    private final Policy policy;
    private final Preprocessor preprocessor;
    private final Mlp mlp;
    private final OnnxGraph graph = new OnnxGraph();

    private OnnxExport(Policy policy) {
        this.policy = policy;
        this.preprocessor = policy.preprocessor();
        ActorCritic network = policy.network() instanceof MaskedActorCritic masked ? masked.inner() : policy.network();
        if (!(network instanceof Mlp known)) {
            throw new IllegalArgumentException("Only policies with an MLP can be exported to ONNX, but this one has a "
                    + network.getClass().getSimpleName() + ". Export it with the framework that it was made in.");
        }
        this.mlp = known;
    }

    /** Returns the model file. */
    static byte[] bytes(Policy policy) {
        return new OnnxExport(policy).bytes();
    }

    private byte[] bytes() {
        String observation = graph.input("observation", preprocessor.rawSize());
        String features = filtered(scaled(observation));
        boolean shared = mlp.config().vfShareLayers();
        String seen = hidden(shared ? "trunk" : "policy", features);
        String inputs = policyInputs(seen, observation);
        String critic = shared ? seen : hidden("value", features);
        String value = graph.affine(critic, weights("value.head"), biases("value.head"), true);
        boolean choices = ActionScaling.choices(policy.actionSpace()).length > 0;
        graph.output(
                "action",
                choices ? OnnxGraph.Type.INT64 : OnnxGraph.Type.FLOAT,
                policy.scaling().envSize(),
                action(inputs));
        graph.output("policy", OnnxGraph.Type.FLOAT, policy.distribution().inputs(), inputs);
        graph.output("value", OnnxGraph.Type.FLOAT, 1, value);
        return graph.toBytes();
    }

    private String scaled(String observation) {
        if (preprocessor.identity()) {
            return observation;
        }
        int n = preprocessor.features();
        int[] columns = new int[n];
        float[] low = new float[n];
        float[] factor = new float[n];
        for (int j = 0; j < n; j++) {
            columns[j] = preprocessor.source(j);
            low[j] = preprocessor.low(j);
            factor[j] = preprocessor.factor(j);
        }
        String features = graph.columns(observation, columns);
        return graph.apply("Mul", graph.apply("Sub", features, graph.constant(low)), graph.constant(factor));
    }

    /** In double precision as in training, so that a large mean costs no digits. */
    private String filtered(String features) {
        MeanStdFilter filter = policy.filter();
        if (filter == null) {
            return features;
        }
        int n = preprocessor.features();
        double[] mean = new double[n];
        double[] scale = new double[n];
        float[] limit = new float[n];
        float[] negative = new float[n];
        for (int j = 0; j < n; j++) {
            mean[j] = filter.filters(j) ? filter.mean(j) : 0;
            scale[j] = filter.filters(j) ? filter.scale(j) : 1;
            limit[j] = filter.filters(j) && filter.clip() > 0 ? (float) filter.clip() : NO_LIMIT;
            negative[j] = -limit[j];
        }
        String exact = graph.apply("Sub", graph.cast(features, OnnxGraph.Type.DOUBLE), graph.constant(mean));
        String unit = graph.cast(graph.apply("Mul", exact, graph.constant(scale)), OnnxGraph.Type.FLOAT);
        return graph.clamp(unit, negative, limit);
    }

    private ParameterSegment segment(String name) {
        return mlp.segments().stream()
                .filter(segment -> segment.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String weights(String layer) {
        ParameterSegment s = segment(layer + ".weight");
        return graph.matrix(mlp.parameters(), s.offset(), s.rows(), s.columns());
    }

    private String biases(String layer) {
        return graph.constant(numbers(layer + ".bias"));
    }

    private float[] numbers(String name) {
        ParameterSegment s = segment(name);
        return Arrays.copyOfRange(mlp.parameters(), s.offset(), s.offset() + s.size());
    }

    private String hidden(String branch, String features) {
        String operator = mlp.config().activation().key().equals("tanh") ? "Tanh" : "Relu";
        String x = features;
        for (int l = 0; l < mlp.config().hiddens().size(); l++) {
            String layer = branch + ".hidden." + l;
            x = graph.apply(operator, graph.affine(x, weights(layer), biases(layer), false));
        }
        return x;
    }

    /** The inputs of the distribution: head outputs, masked, and log standard deviations. */
    private String policyInputs(String seen, String observation) {
        String heads = graph.affine(seen, weights("policy.head"), biases("policy.head"), true);
        if (preprocessor.maskSize() > 0) {
            int[] columns = new int[preprocessor.maskSize()];
            Arrays.setAll(columns, j -> preprocessor.maskSource(j));
            String allowed = graph.cast(graph.columns(observation, columns), OnnxGraph.Type.BOOL);
            return graph.apply("Where", allowed, heads, graph.constant(Categorical.FORBIDDEN));
        }
        int stds = mlp.config().logStds();
        if (stds == 0) {
            return heads;
        }
        float[] logStd = numbers("log_std");
        if (mlp.config().useGsde()) {
            int latent = logStd.length / stds;
            float[] variance = new float[logStd.length];
            for (int at = 0; at < logStd.length; at++) {
                variance[at] = (float) StrictMath.exp(2.0 * Math.max(-20, Math.min(20, logStd[at])));
            }
            float[] epsilon = new float[stds];
            Arrays.fill(epsilon, 1e-6f);
            String squares = graph.apply("Mul", seen, seen);
            String sum = graph.affine(squares, graph.matrix(variance, 0, latent, stds), graph.constant(epsilon), false);
            return graph.concatenate(heads, graph.apply("Mul", graph.apply("Log", sum), graph.constant(0.5f)));
        }
        // The same for all rows: a layer with weights of 0.
        int width = segment("policy.head.weight").columns();
        String zeros = graph.matrix(new float[stds * width], 0, stds, width);
        return graph.concatenate(heads, graph.affine(seen, zeros, graph.constant(logStd), true));
    }

    private String action(String inputs) {
        ActionDistribution whole = policy.distribution();
        List<ActionDistribution> parts = whole instanceof Product product ? product.parts() : List.of(whole);
        List<String> pieces = new ArrayList<>();
        int head = 0;
        int element = 0;
        for (ActionDistribution part : parts) {
            int heads = part.inputs() - part.logStds();
            int[] columns = range(head, heads);
            pieces.add(
                    part instanceof Categorical
                            ? choice(graph.columns(inputs, columns), element)
                            : numbers(part, inputs, head, element));
            head += heads;
            element += part.actionSize();
        }
        return graph.concatenate(pieces.toArray(String[]::new));
    }

    private static int[] range(int from, int count) {
        int[] range = new int[count];
        Arrays.setAll(range, j -> from + j);
        return range;
    }

    private String choice(String logits, int element) {
        String index = graph.argMax(logits);
        if (ActionScaling.choices(policy.actionSpace()).length > 0) {
            return index;
        }
        int width = policy.scaling().width(element);
        if (!policy.scaling().oneHot(element)) {
            return graph.cast(index, OnnxGraph.Type.FLOAT);
        }
        long[] places = new long[width];
        Arrays.setAll(places, j -> j);
        return graph.cast(graph.apply("Equal", index, graph.constant(places)), OnnxGraph.Type.FLOAT);
    }

    /** The mode of a continuous part, mapped onto the bounds: min(max(x, a), b) * factor + shift, clipped again. */
    private String numbers(ActionDistribution part, String inputs, int head, int element) {
        int n = part.actionSize();
        String raw = graph.columns(inputs, range(head, n));
        if (part instanceof Beta) {
            String alpha = softplus(raw);
            String beta = softplus(graph.columns(inputs, range(head + n, n)));
            raw = graph.apply("Div", alpha, graph.apply("Add", alpha, beta));
        } else if (part instanceof SquashedGaussian) {
            raw = graph.apply("Tanh", raw);
        } else if (!(part instanceof DiagGaussian)) {
            throw new IllegalArgumentException("Actions of " + part + " cannot be exported to ONNX.");
        }
        float[][] rows = new float[6][n];
        for (int j = 0; j < n; j++) {
            float[] map = policy.scaling().map(element + j);
            for (int row = 0; row < rows.length; row++) {
                rows[row][j] = map[row];
            }
        }
        String inside = graph.clamp(raw, rows[0], rows[1]);
        String mapped =
                graph.apply("Add", graph.apply("Mul", inside, graph.constant(rows[2])), graph.constant(rows[3]));
        return graph.clamp(mapped, rows[4], rows[5]);
    }

    private String softplus(String x) {
        return graph.apply("Softplus", graph.clamp(x, new float[] {-20f}, new float[] {1000f}));
    }
}
