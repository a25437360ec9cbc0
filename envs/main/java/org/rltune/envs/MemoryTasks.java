package org.rltune.envs;

import java.util.List;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/** Tasks that cannot be done without remembering what was seen before. */
public final class MemoryTasks implements EnvProvider {
    /** Fewer than 40 steps can be lost on the way, so that only an episode that ends well has a return above 0. */
    private static final int T_MAZE_STEPS = 50;

    private static final EnvConfigSchema T_MAZE = EnvConfigSchema.builder()
            .integer(
                    "corridor_length",
                    TMaze.DEFAULT_LENGTH,
                    "steps from the start to the junction",
                    1,
                    T_MAZE_STEPS - 1)
            .build();

    /** Called by {@link java.util.ServiceLoader}. */
    public MemoryTasks() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(EnvSpec.of("TMaze-v0", context -> new TMaze(context.integer("corridor_length")))
                .withConfig(T_MAZE)
                .withMaxEpisodeSteps(T_MAZE_STEPS)
                .withRewardThreshold(3.79));
    }
}
