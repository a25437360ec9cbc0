package org.rltune.envs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/** The environments that Gymnasium calls toy text, with the limits, thresholds and settings of Gymnasium 1.3. */
public final class ToyText implements EnvProvider {
    private static final String RANDOM = "random";
    private static final EnvConfigSchema FROZEN_LAKE = EnvConfigSchema.builder()
            .any("desc", "the map, a list of rows of S (start), F (frozen), H (hole) and G (goal); before map_name")
            .choice("map_name", "4x4", List.of("4x4", "8x8", RANDOM), "a known map, or a random one with a way")
            .integer("map_size", 8, "rows and columns of a random map", 2, 1000)
            .number("map_p", 0.8, "probability that a tile of a random map is frozen, above 0", 0, 1)
            .integer("map_seed", 0, "seed of a random map", 0, Long.MAX_VALUE)
            .flag("is_slippery", true, "whether a step may go sideways")
            .number("success_rate", 1.0 / 3.0, "probability that a step on slippery ice goes where it should", 0, 1)
            .numbers("reward_schedule", List.of(1.0, 0.0, 0.0), "rewards for reaching goal, hole and frozen tiles")
            .build();
    private static final EnvConfigSchema CLIFF_WALKING = EnvConfigSchema.builder()
            .flag("is_slippery", false, "whether only one of three steps goes where it should")
            .build();
    private static final EnvConfigSchema TAXI = EnvConfigSchema.builder()
            .flag("is_rainy", false, "whether a move may go to the side")
            .flag("fickle_passenger", false, "whether the passenger may change the destination once")
            .number("rainy_probability", 0.8, "probability that a move in the rain goes where it should", 0, 1)
            .number("fickle_probability", 0.3, "probability that a fickle passenger changes the destination", 0, 1)
            .build();
    private static final EnvConfigSchema BLACKJACK = EnvConfigSchema.builder()
            .flag("natural", false, "whether a natural that wins earns 1.5; not with sab")
            .flag("sab", false, "whether a natural always beats a hand that is none, as in Sutton and Barto's book")
            .build();

    /** Called by {@link java.util.ServiceLoader}. */
    public ToyText() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(
                EnvSpec.of("Blackjack-v1", context -> new Blackjack(context.flag("natural"), context.flag("sab")))
                        .withConfig(BLACKJACK)
                        .withDefaultConfig(Map.of("sab", true)),
                EnvSpec.of("FrozenLake-v1", ToyText::frozenLake)
                        .withConfig(FROZEN_LAKE)
                        .withMaxEpisodeSteps(100)
                        .withRewardThreshold(0.70),
                EnvSpec.of("FrozenLake8x8-v1", ToyText::frozenLake)
                        .withConfig(FROZEN_LAKE)
                        .withDefaultConfig(Map.of("map_name", "8x8"))
                        .withMaxEpisodeSteps(200)
                        .withRewardThreshold(0.85),
                EnvSpec.of("CliffWalking-v1", context -> new CliffWalking(context.flag("is_slippery")))
                        .withConfig(CLIFF_WALKING),
                EnvSpec.of("CliffWalkingSlippery-v1", context -> new CliffWalking(context.flag("is_slippery")))
                        .withConfig(CLIFF_WALKING)
                        .withDefaultConfig(Map.of("is_slippery", true)),
                EnvSpec.of("Taxi-v4", ToyText::taxi)
                        .withConfig(TAXI)
                        .withMaxEpisodeSteps(200)
                        .withRewardThreshold(8));
    }

    private static Taxi taxi(EnvContext context) {
        return new Taxi(new TaxiRules(
                context.flag("is_rainy"),
                context.flag("fickle_passenger"),
                context.number("rainy_probability"),
                context.number("fickle_probability")));
    }

    private static FrozenLake frozenLake(EnvContext context) {
        double[] rewards = context.numbers("reward_schedule");
        if (rewards.length != 3) {
            throw new IllegalArgumentException("reward_schedule has " + rewards.length
                    + " numbers, but must have 3: for reaching the goal, a hole and a frozen tile");
        }
        return new FrozenLake(
                map(context),
                new FrozenLake.Rules(
                        context.flag("is_slippery"),
                        context.number("success_rate"),
                        rewards[0],
                        rewards[1],
                        rewards[2]));
    }

    private static FrozenLakeMap map(EnvContext context) {
        Object desc = context.raw("desc");
        if (desc != null) {
            return new FrozenLakeMap(rows(desc));
        }
        String name = context.text("map_name");
        return name.equals(RANDOM)
                ? FrozenLakeMap.random(
                        context.integer("map_size"), context.number("map_p"), context.get("map_seed", 0L))
                : FrozenLakeMap.named(name);
    }

    private static List<String> rows(Object desc) {
        List<String> rows = new ArrayList<>();
        Collection<?> given =
                desc instanceof Collection<?> list ? list : desc instanceof String[] array ? List.of(array) : List.of();
        for (@Nullable Object row : given) {
            if (row instanceof String text) {
                rows.add(text);
            }
        }
        if (rows.isEmpty() || rows.size() < given.size()) {
            throw new IllegalArgumentException(
                    "desc is " + desc + " (" + desc.getClass().getSimpleName()
                            + "), but must be a list of texts, one for each row, such as [\"SFFF\", \"FHFH\", \"FFFH\","
                            + " \"HFFG\"]");
        }
        return rows;
    }
}
