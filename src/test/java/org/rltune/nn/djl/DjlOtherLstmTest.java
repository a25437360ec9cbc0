package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rltune.nn.Activation;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.MemoryContract;
import org.rltune.nn.Numbers;
import org.rltune.policy.ConvFilters;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Space;

/** An LSTM cell on convolutions and on a user's block keeps the contract of networks with memory. */
class DjlOtherLstmTest {
    private static final String ONE = "one_output";
    private static final String TWO = "two_outputs";
    private static final int CELL = 5;

    private static ActorCritic make(
            ConvFilters filters, String custom, Space<?> observations, int features, long seed) {
        ModelConfig model = new ModelConfig(
                List.of(4),
                Activation.TANH,
                seed % 2 == 0,
                filters,
                Activation.TANH,
                List.of(6),
                Activation.TANH,
                CELL,
                custom,
                Map.of());
        DjlActorCritic network =
                DjlNetworks.create(model, new NetworkSize(features, 2, 0), observations, 0, 0, new Pcg64(seed));
        Numbers.fill(network.parameters(), 0.6, new Pcg64(seed));
        return network;
    }

    @Nested
    class OnConvolutions extends MemoryContract {
        @Override
        protected ActorCritic network(long seed) {
            ConvFilters filters = ConvFilters.parse(List.of(List.of(3, 2, 1), List.of(4, 3, 2)));
            return make(filters, "", ArrayBox.uint8(0, 255, 6, 5, 1), 30, seed);
        }

        @Override
        protected double tolerance() {
            return 1e-5;
        }
    }

    @Nested
    class OnABlockOfYourOwn extends MemoryContract {
        @BeforeEach
        void register() {
            DjlModels.register(
                    ONE,
                    context -> new SequentialBlock()
                            .add(Linear.builder().setUnits(7).build())
                            .add(ai.djl.nn.Activation.tanhBlock()));
        }

        @AfterEach
        void unregister() {
            DjlModels.unregister(ONE);
        }

        @Override
        protected ActorCritic network(long seed) {
            return make(ConvFilters.NONE, ONE, Box.of(-1, 1, 3), 3, seed);
        }

        @Override
        protected double tolerance() {
            return 1e-5;
        }
    }

    @Test
    void aBlockThatGivesPolicyAndValueHasNoPlaceForACell() {
        DjlModels.register(
                TWO,
                context -> new ParallelBlock(
                        lists -> new NDList(lists.get(0).head(), lists.get(1).head()),
                        Arrays.asList(
                                Linear.builder().setUnits(2).build(),
                                new SequentialBlock()
                                        .add(new LambdaBlock(inputs -> inputs))
                                        .add(Linear.builder().setUnits(1).build()))));
        try {
            assertThatThrownBy(() -> make(ConvFilters.NONE, TWO, Box.of(-1, 1, 3), 3, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("use_lstm", TWO, "one output", "false");
        } finally {
            DjlModels.unregister(TWO);
        }
    }

    @Test
    void callsHaveRoomForWholeSequencesOfImages() {
        ConvFilters filters = ConvFilters.parse(List.of(List.of(3, 2, 1)));
        assertThat(make(filters, "", ArrayBox.uint8(0, 255, 6, 5, 1), 30, 1).rowsPerCall())
                .isGreaterThanOrEqualTo(256);
    }
}
