package org.rltune.nn.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000):
 *
 * <pre>
 *   i, f, o = sigmoid(Wx + Rh + b + r),  g = tanh(Wx + Rh + b + r)     rows of W, R, b, r in the order i, f, g, o
 *   c' = f c + i g,  h' = o tanh(c')
 * </pre>
 *
 * <p>Inputs: x of each step (sequences, steps, numbers); h and c before the first, (1, sequences, size). Outputs: h after each
 * step, (sequences, steps, size); h and c after the last.
 *
 * <p>Not DJL's own block: that one would have to be told that it trains, whereupon DJL draws its parameters anew.
 */
final class LstmCell extends AbstractBlock {
    private static final int GATES = 4;

    private final int size;
    private final Parameter inputWeight;
    private final Parameter stateWeight;
    private final Parameter inputBias;
    private final Parameter stateBias;

    /** Makes a cell with so many numbers of h, and of c. */
    LstmCell(int size) {
        this.size = size;
        inputWeight = parameter("inputWeight", Parameter.Type.WEIGHT);
        stateWeight = parameter("stateWeight", Parameter.Type.WEIGHT);
        inputBias = parameter("inputBias", Parameter.Type.BIAS);
        stateBias = parameter("stateBias", Parameter.Type.BIAS);
    }

    private Parameter parameter(String name, Parameter.Type type) {
        return addParameter(Parameter.builder().setName(name).setType(type).build());
    }

    /** Returns how many numbers a cell of this size has, on so many inputs. */
    static double weights(double inputs, double size) {
        return GATES * size * (inputs + size + 2);
    }

    @Override
    protected void prepare(Shape[] inputs) {
        long gates = (long) GATES * size;
        inputWeight.setShape(new Shape(gates, inputs[0].get(2)));
        stateWeight.setShape(new Shape(gates, size));
        inputBias.setShape(new Shape(gates));
        stateBias.setShape(new Shape(gates));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray x = inputs.get(0);
        NDList weights = new NDList();
        for (Parameter parameter : List.of(inputWeight, stateWeight, inputBias, stateBias)) {
            weights.add(store.getValue(parameter, x.getDevice(), training));
        }
        // On a GPU it keeps what the way back needs only where it is told that it trains; it draws nothing either way.
        boolean wayBack = JniUtils.isGradMode();
        return JniUtils.lstm((PtNDArray) x, inputs.subNDList(1), weights, true, 1, 0, wayBack, false, true);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape state = new Shape(1, inputs[0].get(0), size);
        return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(1), size), state, state};
    }
}
