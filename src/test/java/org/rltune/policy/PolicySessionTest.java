package org.rltune.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.ReferenceLstm;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

class PolicySessionTest {
    private static final Box OBSERVATIONS = Box.of(-10f, 10f, 3);
    private static final Discrete ACTIONS = Discrete.of(4);

    private final ReferenceLstm network = new ReferenceLstm(3, List.of(), 6, 4, new Pcg64(3));
    private final Policy policy = new Policy(OBSERVATIONS, ACTIONS, network, new ActionScaling(ACTIONS, true));

    private static List<float[]> observations(long seed, int count) {
        Pcg64 random = new Pcg64(seed);
        List<float[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new float[] {
                (float) random.uniform(-9, 9), (float) random.uniform(-9, 9), (float) random.uniform(-9, 9)
            });
        }
        return all;
    }

    private static List<Object> play(PolicySession session, List<float[]> seen) {
        List<Object> actions = new ArrayList<>();
        seen.forEach(observation -> actions.add(session.act(observation)));
        return actions;
    }

    @Test
    void remembersTheEpisodeAsTheNetworkDoes() {
        List<float[]> seen = observations(4, 30);
        PolicySession session = policy.session();
        Workspace w = network.workspace(30);
        w.sequences = true;
        float[] rows = new float[30 * network.observationSize()];
        for (int i = 0; i < 30; i++) {
            System.arraycopy(seen.get(i), 0, rows, i * network.observationSize(), 3);
        }
        network.forward(w, rows, 0, 30);
        int repeated = 0;
        for (int i = 0; i < 30; i++) {
            int best = 0;
            for (int a = 1; a < 4; a++) {
                best = w.policy[a * 30 + i] > w.policy[best * 30 + i] ? a : best;
            }
            float value = session.value(seen.get(i));
            assertThat(value).as("step %d", i).isEqualTo(session.value(seen.get(i)));
            assertThat((double) value).isCloseTo(w.value[i], org.assertj.core.data.Offset.offset(1e-6));
            Object alone = policy.session().act(seen.get(i));
            repeated += alone.equals(session.act(seen.get(i))) ? 1 : 0;
        }
        assertThat(repeated).as("memory matters").isLessThan(30);
    }

    @Test
    void sessionsDoNotDisturbEachOtherAndBeginAnewAfterAReset() {
        List<float[]> seen = observations(5, 20);
        PolicySession one = policy.session();
        PolicySession two = policy.session();
        List<Object> expected = play(policy.session(), seen);
        for (int i = 0; i < 20; i++) {
            assertThat(one.act(seen.get(i))).isEqualTo(expected.get(i));
            two.act(seen.get(19 - i));
        }
        one.reset();
        assertThat(play(one, seen)).isEqualTo(expected);
    }

    @Test
    void goesOnFromAStateThatWasKept() {
        List<float[]> seen = observations(6, 20);
        PolicySession session = policy.session();
        play(session, seen.subList(0, 10));
        float[] kept = session.state();
        List<Object> rest = play(session, seen.subList(10, 20));
        PolicySession other = policy.session();
        other.state(kept);
        assertThat(play(other, seen.subList(10, 20))).isEqualTo(rest);
        assertThatThrownBy(() -> other.state(new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("3 numbers", "12", "same policy");
    }

    @Test
    void anObservationThatIsRefusedIsNotRemembered() {
        PolicySession session = policy.session();
        session.act(new float[] {1, 2, 3});
        float[] before = session.state();
        assertThatThrownBy(() -> session.act(new float[] {1, 2, 30})).isInstanceOf(IllegalArgumentException.class);
        assertThat(session.state()).isEqualTo(before);
    }

    @Test
    void withoutASessionAPolicyWithMemoryRefusesToAct() {
        float[] observation = {1, 2, 3};
        assertThatThrownBy(() -> policy.act(observation))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("memory", "policy.session()", "session.reset()");
        assertThatThrownBy(() -> policy.sample(observation, new Pcg64(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> policy.value(observation)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> policy.actJson("[1, 2, 3]")).isInstanceOf(IllegalStateException.class);
        assertThat(policy.session().actJson("[1, 2, 3]"))
                .isEqualTo(policy.session().act(observation).toString());
    }

    @Test
    void aPolicyWithoutMemoryActsInASessionAsOutside() {
        Mlp mlp = new Mlp(new MlpConfig(3, 4, List.of(8), Activation.TANH, false, false));
        mlp.initialize(new Pcg64(7), 0);
        Policy plain = new Policy(OBSERVATIONS, ACTIONS, mlp, new ActionScaling(ACTIONS, true));
        PolicySession session = plain.session();
        for (float[] observation : observations(8, 50)) {
            assertThat(session.act(observation)).isEqualTo(plain.act(observation));
            assertThat(session.sample(observation, new Pcg64(9))).isEqualTo(plain.sample(observation, new Pcg64(9)));
            assertThat(session.value(observation)).isEqualTo(plain.value(observation));
        }
        assertThat(session.state()).isEmpty();
        assertThat(session.policy()).isSameAs(plain);
    }
}
