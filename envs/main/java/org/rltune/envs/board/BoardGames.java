package org.rltune.envs.board;

import java.util.List;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;
import org.rltune.env.MultiAgentEnvSpec;

/** Registers TicTacToe-v0. */
public final class BoardGames implements EnvProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public BoardGames() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of();
    }

    @Override
    public List<MultiAgentEnvSpec> multiAgentEnvironments() {
        return List.of(
                MultiAgentEnvSpec.of("TicTacToe-v0", context -> new TicTacToe()).withConfig(EnvConfigSchema.empty()));
    }
}
