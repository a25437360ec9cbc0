package org.rltune.nn.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.space.Space;

/** Makes a user's block, lets it run once on zeros to see what it gives, and puts heads on it if it has none. */
final class CustomModel {
    private static final int ROWS = 2;

    private final String name;
    private final Shape row;
    private final Block own;
    private final ParameterTable ownTable;
    private final Block whole;

    /**
     * Makes it.
     *
     * @param most how many parameters there may be in all
     * @throws IllegalArgumentException if there is no such model, its outputs are not those of an actor-critic, or it has
     *     layers that cannot be trained with PPO
     */
    CustomModel(ModelConfig model, NetworkSize size, Space<?> observations, long most) {
        name = model.customModel();
        int[] shape = ImageShape.boxShape(observations);
        row = shape == null || shape.length == 0
                ? new Shape(size.features())
                : new Shape(Arrays.stream(shape).asLongStream().toArray());
        own = DjlModels.get(name)
                .create(new DjlModels.Context(observations, row, size.headOutputs(), model.customModelConfig()));
        refuse(own);
        ownTable = ParameterTable.of(own, row, most);
        List<Shape> outputs = run();
        boolean features = outputs.size() == 1 && outputs.get(0).dimension() == 2;
        boolean both = outputs.size() == 2
                && outputs.get(0).equals(new Shape(ROWS, size.headOutputs()))
                && (outputs.get(1).equals(new Shape(ROWS, 1)) || outputs.get(1).equals(new Shape(ROWS)));
        if (!features && !both) {
            throw new IllegalArgumentException("custom_model '" + name + "' gives " + outputs + " for " + ROWS
                    + " rows, but it must give the policy's (rows, " + size.headOutputs()
                    + ") and the value (rows, 1), or one output (rows, features) for both heads to stand on. Change its"
                    + " last layers.");
        }
        int cell = model.lstmCellSize();
        if (cell > 0 && !features) {
            throw new IllegalArgumentException(
                    "use_lstm is true, but custom_model '" + name + "' gives policy and value"
                            + " itself, so there is no place for a cell before the heads. Let it give one output (rows,"
                            + " features), or set use_lstm to false.");
        }
        Block body = cell > 0 ? new RecurrentBody(own, cell) : own;
        whole = features ? new ActorCriticBlock(body, null, size.headOutputs()) : own;
    }

    private void refuse(Block block) {
        if (block instanceof Dropout || block instanceof BatchNorm) {
            throw new IllegalArgumentException("custom_model '" + name + "' has a "
                    + block.getClass().getSimpleName() + ", with which two runs on the same observation differ, so that"
                    + " the ratio of PPO means nothing. Take it out; LayerNorm is possible.");
        }
        block.getChildren().values().forEach(this::refuse);
    }

    private List<Shape> run() {
        Torch.prepareThread();
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try (NDManager manager = Torch.manager(Torch.device(0))) {
            NDArray zeros = manager.zeros(new Shape(ROWS).addAll(row));
            NDList outputs = own.forward(new Zeros(manager), new NDList(zeros), false);
            for (NDArray output : outputs) {
                if (output.getDataType() != DataType.FLOAT32) {
                    throw new IllegalArgumentException("custom_model '" + name + "' gives " + output.getDataType()
                            + ", but must give FLOAT32. Convert by toType.");
                }
            }
            return Arrays.asList(outputs.getShapes());
        } finally {
            JniUtils.setGradMode(recording);
        }
    }

    /** Zeros for every parameter. */
    private static final class Zeros extends ParameterStore {
        private final NDManager manager;

        Zeros(NDManager manager) {
            super(manager, false);
            this.manager = manager;
        }

        @Override
        @SuppressWarnings("NullAway") // DJL's blocks ask for optional parameters that they do not have
        public @Nullable NDArray getValue(@Nullable Parameter parameter, Device device, boolean training) {
            return parameter == null ? null : manager.zeros(parameter.getShape());
        }
    }

    /** Returns the block with both heads. */
    Block block() {
        return whole;
    }

    /** Returns the shape of a row of its input. */
    Shape row() {
        return row;
    }

    /** Returns the user's own parameters, with how they are drawn. */
    ParameterTable ownTable() {
        return ownTable;
    }
}
