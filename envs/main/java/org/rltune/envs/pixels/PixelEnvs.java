package org.rltune.envs.pixels;

import java.util.List;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/** Registers Catch-v0. */
public final class PixelEnvs implements EnvProvider {
    private static final EnvConfigSchema CATCH = EnvConfigSchema.builder()
            .integer("size", 12, "pixels in a row and in a column of the image", 8, 84)
            .integer("balls", 10, "balls that fall in an episode", 1, 1000)
            .build();

    /** Called by {@link java.util.ServiceLoader}. */
    public PixelEnvs() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(EnvSpec.of("Catch-v0", context -> new Catch(context.get("size", 12), context.get("balls", 10)))
                .withConfig(CATCH)
                .withRewardThreshold(9));
    }
}
