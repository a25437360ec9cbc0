package org.rltune.nn.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.nn.Activation;
import org.rltune.policy.ModelConfig;
import org.rltune.space.Space;

/** The layers below the heads: those of an MLP, or convolutions with dense layers after them. */
final class Bodies {
    /**
     * A body.
     *
     * @param block from rows of the input to (rows, outputs)
     * @param outputs what the heads see
     */
    record Body(Block block, int outputs) {}

    private final ModelConfig model;
    private final int features;
    private final List<Convolutions.Step> steps;
    private final @Nullable ImageShape image;

    /**
     * Plans the body of a model that is not a custom one.
     *
     * @throws IllegalArgumentException if it has convolutions that do not fit the observations
     */
    Bodies(ModelConfig model, Space<?> observations, int features) {
        this.model = model;
        this.features = features;
        this.image = model.convFilters().isEmpty() ? null : ImageShape.of(observations);
        this.steps = image == null ? List.of() : Convolutions.steps(image, model.convFilters());
    }

    /** Returns the shape of a row of the input. */
    Shape row() {
        return image == null ? new Shape(features) : new Shape(image.row());
    }

    private int flat() {
        return steps.isEmpty() ? features : steps.get(steps.size() - 1).outputs();
    }

    private List<Integer> widths() {
        return image == null ? model.fcnetHiddens() : model.dense();
    }

    /** Returns what the heads see. */
    int outputs() {
        List<Integer> widths = widths();
        return widths.isEmpty() ? flat() : widths.get(widths.size() - 1);
    }

    /** Returns how many weights one body has, also where that is more than an array can hold. */
    double weights() {
        double weights = steps.stream().mapToDouble(Convolutions.Step::weights).sum();
        double inputs = flat();
        for (int width : widths()) {
            weights += (inputs + 1) * width;
            inputs = width;
        }
        return weights;
    }

    /** Makes a new body. */
    Body make() {
        SequentialBlock block = new SequentialBlock();
        if (image != null) {
            if (!image.channelsFirst()) {
                block.add(new ChannelsFirst());
            }
            for (Convolutions.Step step : steps) {
                if (step.padHeight() + step.padWidth() > 0) {
                    block.add(new ZeroPadding(step.padHeight(), step.padWidth()));
                }
                block.add(Conv2d.builder()
                        .setKernelShape(new Shape(
                                step.layer().kernelHeight(), step.layer().kernelWidth()))
                        .optStride(new Shape(step.layer().stride(), step.layer().stride()))
                        .setFilters(step.layer().filters())
                        .build());
                block.add(activation(model.convActivation()));
            }
            block.add(Blocks.batchFlattenBlock());
        }
        for (int width : widths()) {
            block.add(Linear.builder().setUnits(width).build());
            block.add(activation(image == null ? model.fcnetActivation() : model.postFcnetActivation()));
        }
        return new Body(block.getChildren().isEmpty() ? Blocks.identityBlock() : block, outputs());
    }

    private static Block activation(Activation activation) {
        return activation == Activation.TANH ? ai.djl.nn.Activation.tanhBlock() : ai.djl.nn.Activation.reluBlock();
    }

    /** From (rows, height, width, channels) to (rows, channels, height, width). */
    private static final class ChannelsFirst extends AbstractBlock {
        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
            return new NDList(inputs.singletonOrThrow().transpose(0, 3, 1, 2));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            Shape in = inputs[0];
            return new Shape[] {new Shape(in.get(0), in.get(3), in.get(1), in.get(2))};
        }
    }

    /** Adds zeros around images (rows, channels, height, width); where their number is odd, one more below and on the right. */
    private static final class ZeroPadding extends AbstractBlock {
        private final int height;
        private final int width;

        ZeroPadding(int height, int width) {
            this.height = height;
            this.width = width;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
            NDArray in = inputs.singletonOrThrow();
            int left = width / 2;
            int above = height / 2;
            return new NDList(in.pad(new Shape(left, width - left, above, height - above), 0));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            Shape in = inputs[0];
            return new Shape[] {new Shape(in.get(0), in.get(1), in.get(2) + height, in.get(3) + width)};
        }
    }
}
