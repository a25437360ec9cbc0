package org.rltune.nn.djl;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.rltune.policy.ModelConfig;
import org.rltune.policy.NetworkSize;
import org.rltune.random.Pcg64;
import org.rltune.space.Space;

/** Makes networks of descriptions; the part of {@link DjlProvider} that DJL must be there for. */
final class DjlNetworks {
    private static final int ANY = Integer.MAX_VALUE;

    private DjlNetworks() {}

    static void check(ModelConfig model, Space<?> observations, int numGpus) {
        Torch.device(numGpus);
        if (model.customModel().isEmpty()) {
            new Bodies(model, observations, observations.flatSize());
        } else {
            DjlModels.get(model.customModel());
        }
    }

    static DjlActorCritic create(
            ModelConfig model, NetworkSize size, Space<?> observations, double logStdInit, int numGpus, Pcg64 random) {
        Made made = make(model, size, observations, Torch.device(numGpus), ANY);
        DjlActorCritic network = made.network;
        ActorCriticBlock heads = made.heads;
        ToDoubleFunction<Parameter> gains = heads == null ? parameter -> 1 : Initial.gains(heads);
        for (ParameterTable.Entry entry : network.table().entries()) {
            if (made.own.contains(entry.parameter())) {
                Initial.byItself(entry, model.customModel(), network.parameters(), random);
            } else {
                boolean head = heads != null && heads.isOfHeads(entry.parameter());
                double gain = gains.applyAsDouble(entry.parameter());
                Initial.orthogonal(entry, gain, head, network.parameters(), random);
            }
        }
        network.logStds(logStdInit);
        return network;
    }

    static DjlActorCritic restore(Map<String, Object> description, Space<?> observations, int weights) {
        NetworkSize size = new NetworkSize(
                integer(description, "observation_size"),
                integer(description, "head_outputs"),
                integer(description, "free_log_std"));
        if (!(description.get("model") instanceof Map<?, ?> settings)) {
            throw new IllegalArgumentException("The description of the network has model = " + description.get("model")
                    + ", but an object is needed. The file may be damaged.");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        settings.forEach((key, value) -> named.put(String.valueOf(key), value));
        if (size.features() > observations.flatSize()) {
            throw new IllegalArgumentException("The description of the network has observation_size = "
                    + size.features() + ", but an observation has " + observations.flatSize()
                    + " numbers. The file may be damaged.");
        }
        return make(ModelConfig.of(named), size, observations, Device.cpu(), weights).network;
    }

    private static int integer(Map<String, Object> description, String key) {
        if (description.get(key) instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw new IllegalArgumentException("The description of the network has " + key + " = " + description.get(key)
                + ", but an integer is needed. The file may be damaged.");
    }

    /**
     * A network with what its parameters are drawn by.
     *
     * @param heads the library's heads, or null if the block has its own
     * @param own parameters that draw themselves
     */
    private record Made(DjlActorCritic network, @Nullable ActorCriticBlock heads, Set<Parameter> own) {}

    private static Made make(ModelConfig model, NetworkSize size, Space<?> observations, Device device, int weights) {
        Map<String, Object> description = describe(model, size);
        boolean any = weights == ANY;
        int most = any ? ANY : weights - size.logStds();
        Made made;
        if (model.customModel().isEmpty()) {
            Bodies bodies = new Bodies(model, observations, size.features());
            double cell = model.lstmCellSize();
            double seen = cell > 0 ? cell : bodies.outputs();
            double needed =
                    (model.vfShareLayers() ? 1 : 2) * (bodies.weights() + LstmCell.weights(bodies.outputs(), cell))
                            + (seen + 1) * (size.headOutputs() + 1.0);
            requireCount(needed + size.logStds(), any ? needed + size.logStds() : weights);
            Block valueBody = model.vfShareLayers() ? null : body(bodies, model);
            ActorCriticBlock block = new ActorCriticBlock(body(bodies, model), valueBody, size.headOutputs());
            Shape row = bodies.row();
            ParameterTable table = ParameterTable.of(block, row, most);
            made = new Made(new DjlActorCritic(block, row, table, size, device, description), block, identities());
        } else {
            CustomModel custom = new CustomModel(model, size, observations, most);
            Block block = custom.block();
            Shape row = custom.row();
            ParameterTable table = ParameterTable.of(block, row, most, custom.ownTable());
            Set<Parameter> own = identities();
            custom.ownTable().entries().forEach(entry -> own.add(entry.parameter()));
            made = new Made(
                    new DjlActorCritic(block, row, table, size, device, description),
                    block instanceof ActorCriticBlock heads ? heads : null,
                    own);
        }
        int count = made.network.parameters().length;
        requireCount(count, any ? count : weights);
        return made;
    }

    private static Block body(Bodies bodies, ModelConfig model) {
        Block body = bodies.make().block();
        return model.lstmCellSize() > 0 ? new RecurrentBody(body, model.lstmCellSize()) : body;
    }

    private static Set<Parameter> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static void requireCount(double needed, double weights) {
        if (needed != weights) {
            throw new IllegalArgumentException("the network that it describes has " + Math.round(needed)
                    + " weights, but the file of weights holds " + Math.round(weights)
                    + "; the two do not belong together. Take both from one checkpoint.");
        }
        if (needed > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("the network has " + Math.round(needed)
                    + " weights, more than an array can hold. Take fewer or narrower layers.");
        }
    }

    private static Map<String, Object> describe(ModelConfig model, NetworkSize size) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", DjlProvider.NAME);
        description.put("observation_size", (long) size.features());
        description.put("head_outputs", (long) size.headOutputs());
        description.put("free_log_std", (long) size.logStds());
        description.put("model", model.toMap());
        return description;
    }
}
