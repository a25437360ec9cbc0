package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MultiAgentEnvsTest {
    private static final String ID = "shop/Agents-v1";

    @BeforeEach
    void register() {
        MultiAgentEnvs.register(MultiAgentEnvSpec.of(ID, context -> new BadAgents("none"))
                .withMaxEpisodeSteps(20)
                .withConfig(EnvConfigSchema.builder()
                        .integer("size", 3, "how many", 1, 9)
                        .build()));
    }

    @AfterEach
    void unregister() {
        MultiAgentEnvs.unregister(ID);
    }

    @Test
    void makesWhatWasRegistered() {
        assertThat(MultiAgentEnvs.list()).contains(ID);
        assertThat(MultiAgentEnvs.isRegistered(ID)).isTrue();
        assertThat(MultiAgentEnvs.spec(ID).maxEpisodeSteps()).hasValue(20);
        assertThat(MultiAgentEnvs.spec(ID)).hasToString(ID);
        try (MultiAgentEnv env = MultiAgentEnvs.make(ID, Map.of("size", 4))) {
            assertThat(env.possibleAgents()).containsExactly("a", "b");
            assertThat(env.renderModes()).isEmpty();
            assertThat(env.renderFps()).isEqualTo(30);
            assertThatThrownBy(env::renderFrame).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(env::renderText).hasMessageContaining("no render mode");
        }
        MultiAgentEnvs.replace(MultiAgentEnvs.spec(ID).withMaxEpisodeSteps(7));
        assertThat(MultiAgentEnvs.spec(ID).maxEpisodeSteps()).hasValue(7);
        assertThat(MultiAgentEnvs.spec(ID).configSchema()).isPresent();
    }

    @Test
    void saysWhatIsWrongWithANameAndWhichWasMeant() {
        assertThatThrownBy(() -> MultiAgentEnvs.make("shop/Agnets-v1"))
                .isInstanceOf(UnknownEnvException.class)
                .hasMessageContaining("Did you mean 'shop/Agents-v1'?");
        assertThatThrownBy(() -> MultiAgentEnvs.spec("shop/Agents-v3")).hasMessageContaining("has the versions v1");
        assertThatThrownBy(() -> MultiAgentEnvs.register("no id", context -> new BadAgents("none")))
                .hasMessageContaining("'no id' is no environment id");
        assertThatThrownBy(() -> MultiAgentEnvs.register(ID, context -> new BadAgents("none")))
                .hasMessageContaining("is registered as '" + ID + "' already");
    }

    @Test
    void oneIdStandsForOneKind() {
        assertThatThrownBy(() -> Envs.make(ID)).hasMessageContaining("has several agents");
        Envs.register("Alone-v0", context -> new WalkEnv());
        try {
            assertThatThrownBy(() -> MultiAgentEnvs.register("Alone-v0", context -> new BadAgents("none")))
                    .hasMessageContaining("with one agent");
            assertThatThrownBy(() -> MultiAgentEnvs.make("Alone-v0")).hasMessageContaining("call Envs instead");
        } finally {
            Envs.unregister("Alone-v0");
        }
    }

    @Test
    void namesTheEnvironmentThatCannotBeMade() {
        assertThatThrownBy(() -> MultiAgentEnvs.make(ID, Map.of("size", 99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(ID + " refuses its config");
        MultiAgentEnvSpec failing = MultiAgentEnvSpec.of("Fails-v0", context -> {
            throw new java.io.IOException("no file");
        });
        assertThatThrownBy(() -> MultiAgentEnvs.make(failing, EnvContext.of(Map.of())))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("The creator of Fails-v0 failed for worker 0")
                .hasMessageContaining("no file");
    }
}
