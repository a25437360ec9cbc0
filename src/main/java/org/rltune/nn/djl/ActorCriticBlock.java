package org.rltune.nn.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A policy head and a value head, on one body or on one each. The parameters come in the order of {@link org.rltune.nn.Mlp}:
 * policy body, policy head, value body if it has its own, value head.
 *
 * <p>Bodies with memory ({@link RecurrentBody}) take h and c of each body after the rows, then what both need to lay out
 * sequences; and h and c of each body follow the outputs policy and value.
 */
final class ActorCriticBlock extends AbstractBlock {
    private final Block policyBody;
    private final @Nullable Block valueBody;
    private final Linear policyHead;
    private final Linear valueHead;

    /**
     * Makes the heads.
     *
     * @param valueBody that of the value, or null if it stands on that of the policy
     */
    ActorCriticBlock(Block policyBody, @Nullable Block valueBody, int policyOutputs) {
        this.policyBody = addChildBlock("policyBody", policyBody);
        this.policyHead = addChildBlock(
                "policyHead", Linear.builder().setUnits(policyOutputs).build());
        this.valueBody = valueBody == null ? null : addChildBlock("valueBody", valueBody);
        this.valueHead = addChildBlock("valueHead", Linear.builder().setUnits(1).build());
    }

    /** Returns whether a parameter is the policy head's weight. */
    boolean isPolicyWeight(Parameter parameter) {
        return policyHead.getDirectParameters().get("weight") == parameter;
    }

    /** Returns whether a parameter is the value head's weight. */
    boolean isValueWeight(Parameter parameter) {
        return valueHead.getDirectParameters().get("weight") == parameter;
    }

    /** Returns whether a parameter is one of a memory cell's. */
    boolean isOfCell(Parameter parameter) {
        return (policyBody instanceof RecurrentBody policy && policy.isOfCell(parameter))
                || (valueBody instanceof RecurrentBody value && value.isOfCell(parameter));
    }

    /** Returns how many memory cells there are. */
    int cells() {
        return policyBody instanceof RecurrentBody ? valueBody == null ? 1 : 2 : 0;
    }

    /** Returns the numbers of h in a cell, and of c; 0 without memory. */
    int cellSize() {
        return policyBody instanceof RecurrentBody body ? body.size() : 0;
    }

    /** Returns whether a parameter is one of the heads'. */
    boolean isOfHeads(Parameter parameter) {
        return policyHead.getDirectParameters().values().contains(parameter)
                || valueHead.getDirectParameters().values().contains(parameter);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList seen = policyBody.forward(store, inputsOf(0, inputs), training);
        NDList seenByValue = valueBody == null ? seen : valueBody.forward(store, inputsOf(1, inputs), training);
        NDList outputs =
                new NDList(head(policyHead, store, seen, training), head(valueHead, store, seenByValue, training));
        outputs.addAll(seen.subNDList(1));
        if (valueBody != null) {
            outputs.addAll(seenByValue.subNDList(1));
        }
        return outputs;
    }

    private static NDArray head(Linear head, ParameterStore store, NDList seen, boolean training) {
        return head.forward(store, new NDList(seen.get(0)), training).singletonOrThrow();
    }

    private NDList inputsOf(int body, NDList inputs) {
        if (cells() < 2) {
            return inputs;
        }
        NDList own = new NDList(inputs.get(0), inputs.get(1 + 2 * body), inputs.get(2 + 2 * body));
        own.addAll(inputs.subNDList(5));
        return own;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        initialize(manager, type, policyBody, policyHead, inputs);
        if (valueBody == null) {
            valueHead.initialize(manager, type, policyBody.getOutputShapes(inputs));
        } else {
            initialize(manager, type, valueBody, valueHead, inputs);
        }
    }

    private static void initialize(NDManager manager, DataType type, Block body, Block head, Shape... inputs) {
        body.initialize(manager, type, inputs);
        head.initialize(manager, type, body.getOutputShapes(inputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape[] features = policyBody.getOutputShapes(inputs);
        return new Shape[] {policyHead.getOutputShapes(features)[0], new Shape(features[0].get(0), 1)};
    }
}
