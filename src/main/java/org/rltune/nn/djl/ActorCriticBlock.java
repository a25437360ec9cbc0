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

    /** Returns whether a parameter is one of the heads'. */
    boolean isOfHeads(Parameter parameter) {
        return policyHead.getDirectParameters().values().contains(parameter)
                || valueHead.getDirectParameters().values().contains(parameter);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDList features = policyBody.forward(store, inputs, training);
        NDArray policy = policyHead.forward(store, features, training).singletonOrThrow();
        NDList seen = valueBody == null ? features : valueBody.forward(store, inputs, training);
        return new NDList(policy, valueHead.forward(store, seen, training).singletonOrThrow());
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
