package org.rltune.nn.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A body with an LSTM cell on it, as RLlib wraps its networks: layers, then the cell, then the heads.
 *
 * <p>Inputs: rows of observations (rows, ...); the states that sequences begin with, h and c, (1, sequences, cell); and,
 * where sequences differ in length, the row for each place of an array (sequences, steps) and the place of each row, see
 * {@link SequencePlan}. Outputs: what the heads see, (rows, cell); the states after the last steps, h and c. A place behind
 * the end of a sequence comes after all that is read of it, so it has neither loss nor gradient.
 */
final class RecurrentBody extends AbstractBlock {
    private final Block below;
    private final LstmCell cell;
    private final int size;

    /**
     * Puts a cell on a block.
     *
     * @param below from rows to (rows, numbers)
     * @param size numbers of h, and of c
     */
    RecurrentBody(Block below, int size) {
        this.size = size;
        this.below = addChildBlock("below", below);
        this.cell = addChildBlock("lstm", new LstmCell(size));
    }

    /** Returns the numbers of h, and of c. */
    int size() {
        return size;
    }

    /** Returns whether a parameter is one of the cell's. */
    boolean isOfCell(Parameter parameter) {
        return cell.getDirectParameters().values().contains(parameter);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray seen = below.forward(store, new NDList(inputs.get(0)), training).singletonOrThrow();
        NDArray h = inputs.get(1);
        boolean even = inputs.size() == 3;
        NDArray laid = even ? seen : pick(seen, inputs.get(3));
        long sequences = h.getShape().get(1);
        NDArray steps = laid.reshape(sequences, -1, seen.getShape().get(1));
        NDList out = cell.forward(store, new NDList(steps, h, inputs.get(2)), training);
        NDArray all = out.get(0).reshape(-1, size);
        return new NDList(even ? all : pick(all, inputs.get(4)), out.get(1), out.get(2));
    }

    /** The rows of an array at these indices; an embedding, of which the way back is quick and in one order. */
    private static NDArray pick(NDArray rows, NDArray indices) {
        return JniUtils.embedding((PtNDArray) indices, (PtNDArray) rows, false);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        below.initialize(manager, type, inputs[0]);
        long numbers = below.getOutputShapes(new Shape[] {inputs[0]})[0].get(1);
        cell.initialize(manager, type, new Shape(1, 1, numbers));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), size)};
    }
}
