package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rltune.nn.Workspace;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Space;

/** Networks of a user's own. */
final class DjlCustomTest {
    private static final String NAME = "custom-test";
    private static final Space<?> SPACE = Box.of(-1, 1, 4);

    @AfterEach
    void forget() {
        DjlModels.unregister(NAME);
    }

    private static DjlActorCritic make(DjlModels.Factory factory, Space<?> space, Map<String, Object> config) {
        DjlModels.register(NAME, factory);
        return DjlNetworks.create(
                ModelConfig.custom(NAME, config), new NetworkSize(space.flatSize(), 2, 0), space, 0, 0, new Pcg64(3));
    }

    private static Block both(int policyOutputs, int values) {
        return new ParallelBlock(
                lists ->
                        new NDList(lists.get(0).singletonOrThrow(), lists.get(1).singletonOrThrow()),
                List.of(
                        Linear.builder().setUnits(policyOutputs).build(),
                        Linear.builder().setUnits(values).build()));
    }

    @Test
    void aBlockOfFeaturesGetsBothHeads() {
        DjlActorCritic network = make(
                context -> new SequentialBlock()
                        .add(Linear.builder()
                                .setUnits((Long) context.config().get("width"))
                                .build())
                        .add(Activation.reluBlock()),
                SPACE,
                Map.of("width", 6L));
        assertThat(network.parameters()).hasSize((4 + 1) * 6 + (6 + 1) * 3);
        DjlActorCritic same = make(
                context -> new SequentialBlock()
                        .add(Linear.builder().setUnits(6).build())
                        .add(Activation.reluBlock()),
                SPACE,
                Map.of());
        assertThat(same.parameters()).as("drawn from the trial's stream").isEqualTo(network.parameters());
        Workspace w = network.workspace(5);
        network.forward(w, new float[20], 0, 5);
        Arrays.fill(w.valueGradient, 1f);
        network.backward(w, new float[20], 0, 5);
        assertThat(w.gradient[w.gradient.length - 1]).as("the value's bias").isEqualTo(5f);
    }

    @Test
    void aBlockWithBothOutputsIsTakenAsItIs() {
        DjlActorCritic network = make(context -> both(context.policyOutputs(), 1), SPACE, Map.of());
        assertThat(network.parameters()).hasSize((4 + 1) * 3);
        Workspace w = network.workspace(2);
        network.forward(w, new float[] {1, 0, 0, 0, 0, 1, 0, 0}, 0, 2);
        // The first parameters are the policy's weights (2, 4): column 0 meets the first row.
        assertThat(w.policy[0]).isEqualTo(network.parameters()[0]);
        assertThat(w.policy[1]).isEqualTo(network.parameters()[1]);
    }

    @Test
    void anImageComesInItsShape() {
        DjlActorCritic network = make(
                context -> {
                    assertThat(context.input()).isEqualTo(new Shape(5, 6, 2));
                    return new SequentialBlock()
                            .add(Blocks.batchFlattenBlock())
                            .add(Linear.builder().setUnits(3).build());
                },
                ArrayBox.uint8(0, 255, 5, 6, 2),
                Map.of());
        assertThat(network.parameters()).hasSize(61 * 3 + 4 * 3);
    }

    /** y = x exp(scale), whose exp is computed from a parameter alone. */
    private static final class Scale extends AbstractBlock {
        private final Parameter scale = addParameter(Parameter.builder()
                .setName("scale")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(1))
                .build());

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray x = inputs.singletonOrThrow();
            return new NDList(
                    x.mul(store.getValue(scale, x.getDevice(), training).exp()));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }

    @Test
    void arraysMadeOfParametersAloneAreGivenBackToo() {
        DjlActorCritic network = make(context -> new Scale(), SPACE, Map.of());
        DjlWorkspace w = (DjlWorkspace) network.workspace(3);
        for (int i = 0; i < 20; i++) {
            network.forward(w, new float[12], 0, 3);
            network.backward(w, new float[12], 0, 3);
            assertThat(w.arrays()).isEqualTo(network.table().entries().size());
        }
    }

    @Test
    void frozenParametersGetNoGradient() {
        DjlActorCritic network = make(
                context -> {
                    Block linear = Linear.builder().setUnits(3).build();
                    linear.freezeParameters(true);
                    return linear;
                },
                SPACE,
                Map.of());
        Workspace w = network.workspace(1);
        Arrays.fill(w.policyGradient, 1f);
        Arrays.fill(w.valueGradient, 1f);
        network.forward(w, new float[] {1, 1, 1, 1}, 0, 1);
        network.backward(w, new float[] {1, 1, 1, 1}, 0, 1);
        assertThat(Arrays.copyOf(w.gradient, 15)).containsOnly(0f);
        assertThat(w.gradient[w.gradient.length - 1]).isEqualTo(1f);
    }

    @Test
    void whatIsNoActorCriticIsNamed() {
        assertThatThrownBy(() -> make(context -> both(3, 1), SPACE, Map.of()))
                .hasMessageContaining("custom_model 'custom-test' gives [(2, 3), (2, 1)] for 2 rows")
                .hasMessageContaining("it must give the policy's (rows, 2) and the value (rows, 1)");
        assertThatThrownBy(() -> make(context -> both(2, 2), SPACE, Map.of())).hasMessageContaining("(2, 2), (2, 2)");
        assertThatThrownBy(() -> make(
                        context -> new SequentialBlock()
                                .add(Linear.builder().setUnits(3).build())
                                .add(Dropout.builder().build()),
                        SPACE,
                        Map.of()))
                .hasMessageContaining("has a Dropout, with which two runs on the same observation differ");
        assertThatThrownBy(() -> make(
                        context -> new SequentialBlock()
                                .add(Linear.builder().setUnits(3).build())
                                .add(BatchNorm.builder().build()),
                        SPACE,
                        Map.of()))
                .hasMessageContaining("has a BatchNorm");
        assertThatThrownBy(() -> make(
                        context -> new LambdaBlock(list -> new NDList(
                                list.singletonOrThrow().toType(ai.djl.ndarray.types.DataType.FLOAT64, false))),
                        SPACE,
                        Map.of()))
                .hasMessageContaining("gives float64, but must give FLOAT32");
        assertThatThrownBy(() -> DjlNetworks.create(
                        ModelConfig.custom("custom-tset", Map.of()),
                        new NetworkSize(4, 2, 0),
                        SPACE,
                        0,
                        0,
                        new Pcg64(3)))
                .hasMessageContaining("No model is registered as custom_model 'custom-tset'")
                .hasMessageContaining("DjlModels.register first");
    }

    @Test
    void aDescriptionThatAsksForMoreThanTheWeightsIsRefusedBeforeItIsMade() {
        DjlModels.register(
                NAME,
                context -> Linear.builder()
                        .setUnits((Long) context.config().get("width"))
                        .build());
        DjlActorCritic network = DjlNetworks.create(
                ModelConfig.custom(NAME, Map.of("width", 3L)), new NetworkSize(4, 2, 0), SPACE, 0, 0, new Pcg64(3));
        Map<String, Object> greedy = new java.util.LinkedHashMap<>(network.describe());
        greedy.put("model", Map.of("custom_model", NAME, "custom_model_config", Map.of("width", 300_000_000L)));
        assertThatThrownBy(() -> DjlNetworks.restore(greedy, SPACE, network.parameters().length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than");
    }
}
