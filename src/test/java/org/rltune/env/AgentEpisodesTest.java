package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.random.Seeds;

final class AgentEpisodesTest {
    private static AgentEpisodes make(String fault, int limit) {
        return new AgentEpisodes(
                "Agents-v0", 2, 1, new BadAgents(fault), limit, Seeds.of(5).series("episode", 2, 1));
    }

    /** An action that depends on the agent and the step. */
    private static float[][] actions(int step) {
        return new float[][] {{step % 3}, {(step + 1) % 3}};
    }

    /** Of the good environment: a acts first, then b and a in turns; a leaves at step 5, b is truncated at step 8. */
    @Test
    void tellsWhoActsAndWhoHasEndedHow() {
        try (AgentEpisodes env = make("none", 0)) {
            env.begin(0);
            StringBuilder acting = new StringBuilder();
            while (!env.over()) {
                acting.append(env.acts(0) ? "a" : "").append(env.acts(1) ? "b" : "");
                env.step(actions(env.steps()));
                assertThat(env.terminated(0)).isEqualTo(env.steps() == 5);
                assertThat(env.truncated(0)).isFalse();
                assertThat(env.truncated(1)).isEqualTo(env.steps() == 8);
            }
            assertThat(acting).hasToString("ababa" + "bbb");
            assertThat(env.agentReturn(0)).isEqualTo(5);
            assertThat(env.agentReturn(1)).isEqualTo(4);
            assertThat(env.episodeReturn()).isEqualTo(9);
            // Truncated without an observation: what it would see now was asked for.
            assertThat(env.observation(1)).containsExactly(8, 0);
            assertThatThrownBy(() -> env.step(actions(0))).isInstanceOf(ResetNeededException.class);
        }
    }

    @Test
    void theLimitTruncatesAllWhoAreLeft() {
        try (AgentEpisodes env = make("none", 3)) {
            env.begin(4);
            for (int i = 0; i < 3; i++) {
                env.step(actions(i));
            }
            assertThat(env.over()).isTrue();
            assertThat(env.truncated(0) && env.truncated(1)).isTrue();
            assertThat(env.terminated(0) || env.terminated(1)).isFalse();
            // It was b's turn: b sees what it would have acted on, and a what it would see.
            assertThat(env.observation(0)).containsExactly(3, 0);
            assertThat(env.observation(1)[0]).isEqualTo(3);
            assertThat(env.acts(0) || env.acts(1)).isFalse();
        }
    }

    @Test
    void aRestoredEpisodeGoesOnWithTheSameBits() {
        for (int steps = 0; steps < 8; steps++) {
            try (AgentEpisodes one = make("none", 0);
                    AgentEpisodes other = make("none", 0)) {
                one.begin(3);
                for (int i = 0; i < steps; i++) {
                    one.step(actions(i));
                }
                EpisodeState state = one.save();
                other.begin(9);
                other.restore(state);
                assertThat(other.save()).isEqualTo(state);
                assertThat(rest(other)).isEqualTo(rest(one));
            }
        }
    }

    private static List<Object> rest(AgentEpisodes env) {
        List<Object> seen = new ArrayList<>();
        while (!env.over()) {
            for (int a = 0; a < 2; a++) {
                seen.add(env.acts(a));
                seen.add(env.observation(a)[1]);
            }
            env.step(actions(env.steps()));
        }
        seen.add(env.episode());
        seen.add(env.episodeReturn());
        return seen;
    }

    @Test
    void refusesASavedEpisodeThatIsNotOneOfIts() {
        try (AgentEpisodes env = make("none", 0)) {
            assertThatThrownBy(() -> env.restore(new EpisodeState(0, new float[0])))
                    .hasMessageContaining("no number of steps");
            assertThatThrownBy(() -> env.restore(new EpisodeState(0, new float[] {1, 0, 2})))
                    .hasMessageContaining("too few actions");
            assertThatThrownBy(() -> env.restore(new EpisodeState(0, new float[] {1, 2, 0, 1})))
                    .hasMessageContaining("1 numbers too many");
            float[] whole = {1, 1, 1, 1, 1, 1, 1, 1, 0, 8};
            assertThatThrownBy(() -> env.restore(new EpisodeState(0, whole))).hasMessageContaining("come to its end");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reset throws | reset failed: java.lang.IllegalStateException: no",
                "reset null | reset returned null",
                "step throws | step failed",
                "step null | step returned null",
                "outside | agent b: observation index 1",
                "observation null | agent b: the observation is null",
                "reward NaN | the reward of agent a is NaN",
                "unknown reward | there is a reward for 'c', but possibleAgents() is [a, b]",
                "unknown observation | there is an observation for 'c'",
                "unknown end | there is 'terminated' for 'c'",
                "reward after the end | there is a reward for agent a, who has ended before",
                "ended twice | there is 'terminated' for agent a, who has ended before",
                "cut without observation | agent b is truncated after it acted",
            })
    void namesTheEnvironmentThePlaceAndTheFault(String fault, String message) {
        try (AgentEpisodes env = make(fault, 0)) {
            assertThatThrownBy(() -> {
                        env.begin(7);
                        while (!env.over()) {
                            env.step(actions(env.steps()));
                        }
                    })
                    .isInstanceOf(EnvException.class)
                    .hasMessageStartingWith("Agents-v0 (worker 2, vector index 1), episode 7, step ")
                    .hasMessageContaining(message)
                    .hasMessageContaining("The episode's seed is " + Seeds.of(5).seed("episode", 2, 1, 7));
        }
    }

    @Test
    void refusesActionsThatAreNone() {
        try (AgentEpisodes env = make("none", 0)) {
            env.begin(0);
            assertThatThrownBy(() -> env.step(new float[][] {{3}, {0}}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("agent a: action 3.0");
        }
        assertThatThrownBy(() -> make("equal names", 0)).hasMessageContaining("a name of its own");
    }
}
