package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** What every {@link VectorEnv} keeps; its episodes must end at times within 200 steps of random actions. */
abstract class VectorEnvContract {
    private static final int STEPS = 400;

    /** Environments whose episodes depend on this seed. */
    protected abstract VectorEnv make(int envs, long seed);

    /** Actions drawn from the action space, as the flat form wants them. */
    static float[] actions(VectorEnv env, Pcg64 random) {
        float[] flat = new float[env.numEnvs() * env.actionSize()];
        for (int e = 0; e < env.numEnvs(); e++) {
            Space<?> space = env.actionSpace();
            if (space instanceof Discrete discrete) {
                flat[e] = discrete.sample(random) - discrete.start();
            } else if (space instanceof Box box) {
                System.arraycopy(box.sample(random), 0, flat, e * env.actionSize(), env.actionSize());
            }
        }
        return flat;
    }

    private static float[] begin(VectorEnv env) {
        float[] observation = new float[env.numEnvs() * env.observationSize()];
        env.reset(observation);
        return observation;
    }

    private static VectorStep room(VectorEnv env) {
        return new VectorStep(env.numEnvs(), env.observationSize());
    }

    /** Everything that a step tells, as text. */
    private static String told(VectorStep step) {
        StringBuilder text = new StringBuilder(java.util.Arrays.toString(step.observation));
        for (int e = 0; e < step.reward.length; e++) {
            text.append(' ').append(step.reward[e]).append(step.terminated[e]).append(step.truncated[e]);
            if (step.ended(e)) {
                text.append(step.episodeReturn[e]).append(' ').append(step.episodeLength[e]);
                int size = step.observation.length / step.reward.length;
                for (int j = 0; j < size; j++) {
                    text.append(' ').append(step.finalObservation[e * size + j]);
                }
            }
        }
        return text.toString();
    }

    private static List<String> run(VectorEnv env, long actionSeed, int steps) {
        Pcg64 random = new Pcg64(actionSeed);
        VectorStep out = room(env);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            env.step(actions(env, random), out);
            all.add(told(out));
        }
        return all;
    }

    @Test
    void repeatsItselfForTheSameSeedAndDiffersForAnother() {
        VectorEnv a = make(3, 1);
        VectorEnv b = make(3, 1);
        VectorEnv c = make(3, 2);
        assertThat(begin(a)).isEqualTo(begin(b));
        begin(c);
        List<String> first = run(a, 5, STEPS);
        assertThat(run(b, 5, STEPS)).isEqualTo(first);
        assertThat(run(c, 5, STEPS)).isNotEqualTo(first);
        begin(a);
        assertThat(run(a, 5, STEPS))
                .as("a second reset begins from episode 0 again")
                .isEqualTo(first);
    }

    @Test
    void doesNotDependOnHowManyOtherEnvironmentsThereAre() {
        VectorEnv one = make(1, 1);
        VectorEnv three = make(3, 1);
        float[] alone = begin(one);
        assertThat(begin(three)).startsWith(alone);
        VectorStep small = room(one);
        VectorStep large = room(three);
        Pcg64 random = new Pcg64(3);
        for (int i = 0; i < STEPS; i++) {
            float[] actions = actions(three, random);
            three.step(actions, large);
            one.step(java.util.Arrays.copyOf(actions, one.actionSize()), small);
            assertThat(large.observation).startsWith(small.observation);
            assertThat(large.reward[0]).isEqualTo(small.reward[0]);
        }
    }

    @Test
    void keepsTheFinalObservationAndSumsUpTheEpisode() {
        VectorEnv env = make(2, 4);
        begin(env);
        VectorStep out = room(env);
        Pcg64 random = new Pcg64(9);
        double[] sum = new double[2];
        int[] length = new int[2];
        long[] episode = new long[2];
        int ends = 0;
        for (int i = 0; i < STEPS; i++) {
            env.step(actions(env, random), out);
            for (int e = 0; e < 2; e++) {
                sum[e] += out.reward[e];
                length[e]++;
                if (out.ended(e)) {
                    ends++;
                    episode[e]++;
                    assertThat(out.episodeReturn[e]).isEqualTo(sum[e]);
                    assertThat(out.episodeLength[e]).isEqualTo(length[e]);
                    float[] fresh = new float[out.observation.length];
                    make(2, 4).restart(episode, fresh);
                    int size = env.observationSize();
                    assertThat(java.util.Arrays.copyOfRange(out.observation, e * size, (e + 1) * size))
                            .as("the next episode has begun, with its own number")
                            .isEqualTo(java.util.Arrays.copyOfRange(fresh, e * size, (e + 1) * size))
                            .isNotEqualTo(java.util.Arrays.copyOfRange(out.finalObservation, e * size, (e + 1) * size));
                    sum[e] = 0;
                    length[e] = 0;
                }
            }
        }
        assertThat(ends).isPositive();
        assertThat(env.save()).extracting(EpisodeState::episode).containsExactly(episode[0], episode[1]);
    }

    @Test
    void continuesWithTheSameBitsAfterARestore() {
        VectorEnv env = make(3, 6);
        begin(env);
        for (int steps : new int[] {0, 1, 37, 150}) {
            run(env, steps, steps);
            List<EpisodeState> states = env.save();
            List<String> expected = run(env, 77, STEPS);
            List<EpisodeState> later = env.save();

            VectorEnv other = make(3, 6);
            other.restore(states, new float[3 * other.observationSize()]);
            assertThat(other.save()).isEqualTo(states);
            assertThat(run(other, 77, STEPS)).isEqualTo(expected);
            assertThat(other.save()).isEqualTo(later);
        }
    }

    @Test
    void restoresTheCurrentObservation() {
        VectorEnv env = make(2, 6);
        begin(env);
        VectorStep out = room(env);
        Pcg64 random = new Pcg64(1);
        for (int i = 0; i < 23; i++) {
            env.step(actions(env, random), out);
        }
        float[] observation = new float[out.observation.length];
        VectorEnv other = make(2, 6);
        other.restore(env.save(), observation);
        assertThat(observation).isEqualTo(out.observation);
    }

    @Test
    void beginsTheEpisodesThatARestartNames() {
        VectorEnv env = make(2, 6);
        float[] first = begin(env);
        float[] later = new float[first.length];
        env.restart(new long[] {5, 9}, later);
        assertThat(later).isNotEqualTo(first);
        assertThat(env.save()).extracting(EpisodeState::episode).containsExactly(5L, 9L);
        assertThat(env.save()).allSatisfy(state -> assertThat(state.actions()).isEmpty());
        assertThatThrownBy(() -> env.restart(new long[] {0, -1}, later)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesArraysOfAnotherSize() {
        VectorEnv env = make(2, 6);
        float[] observation = begin(env);
        VectorStep out = room(env);
        assertThatThrownBy(() -> env.reset(new float[observation.length + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("observation");
        assertThatThrownBy(() -> env.step(new float[2 * env.actionSize() + 1], out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("action");
        assertThatThrownBy(() -> env.step(new float[2 * env.actionSize()], new VectorStep(3, env.observationSize())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> env.restore(env.save().subList(0, 1), observation))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> env.restart(new long[1], observation)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesStepsAndSavesBeforeTheFirstReset() {
        VectorEnv env = make(1, 6);
        assertThatThrownBy(() -> env.step(new float[env.actionSize()], room(env)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(env::save).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesActionsThatAreNoNumbers() {
        VectorEnv env = make(2, 6);
        begin(env);
        float[] actions = actions(env, new Pcg64(1));
        actions[actions.length - 1] = Float.NaN;
        assertThatThrownBy(() -> env.step(actions, room(env)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN")
                .hasMessageContaining("vector index 1");
    }

    @Test
    void closesTwice() {
        VectorEnv env = make(2, 6);
        env.close();
        env.close();
    }
}
