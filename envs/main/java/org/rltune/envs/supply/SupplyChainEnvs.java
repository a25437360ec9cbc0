package org.rltune.envs.supply;

import java.util.List;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/** Registers SupplyChain-v0: sixteen weeks an episode. */
public final class SupplyChainEnvs implements EnvProvider {
    private static final int WEEKS = 16;

    /** Called by {@link java.util.ServiceLoader}. */
    public SupplyChainEnvs() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(EnvSpec.of("SupplyChain-v0", context -> new SupplyChain(SupplyChainConfig.of(context)))
                .withConfig(SupplyChainConfig.SCHEMA)
                .withMaxEpisodeSteps(WEEKS * 7));
    }
}
