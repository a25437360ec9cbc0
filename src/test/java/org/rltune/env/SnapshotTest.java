package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

final class SnapshotTest {
    /** Keeps a field of every kind; an observation is what chance and all of them give together. */
    private static class Keeper extends SeededEnv<float[], Integer> {
        private int steps;
        private long total;
        private double place;
        private float speed;
        private boolean low;
        private String name = "";
        private final double[] path = new double[3];
        private int[] visits = {};
        private byte[] raw = {};
        private final boolean[] seen = new boolean[2];
        private final float[] last = new float[2];
        private final long[] counts = new long[1];

        Keeper() {
            super(Box.of(-1e9f, 1e9f, 3), Discrete.of(2));
        }

        @Override
        protected float[] start(Map<String, Object> options) {
            steps = 0;
            total = 1L << 40;
            place = random().nextDouble();
            speed = 0.5f;
            low = false;
            name = "start";
            java.util.Arrays.fill(path, 0);
            visits = new int[] {};
            raw = new byte[] {};
            return observation();
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            steps++;
            total += random().nextInt(100); // leaves half a word waiting in the generator
            place += random().standardNormal() * speed;
            speed *= 1.25f;
            low = !low;
            name += action;
            path[steps % 3] = place;
            visits = java.util.Arrays.copyOf(visits, steps);
            visits[steps - 1] = action * steps;
            raw = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            seen[action] = true;
            last[action] = speed;
            counts[0] += total;
            return new StepResult<>(observation(), total, false, false);
        }

        private float[] observation() {
            long sum = total + steps + name.hashCode() + counts[0] + raw.length;
            for (int visit : visits) {
                sum += visit;
            }
            double mix = place + path[0] + path[1] - path[2] + last[0] - last[1] + (low ? 3 : 0) + (seen[0] ? 7 : 0);
            return new float[] {(float) (sum % 100_003), (float) mix, speed};
        }

        @Override
        protected void state(StateFields fields) {
            steps = fields.keep(steps);
            total = fields.keep(total);
            place = fields.keep(place);
            speed = fields.keep(speed);
            low = fields.keep(low);
            name = fields.keep(name);
            fields.keep(path);
            visits = fields.keep(visits);
            raw = fields.keep(raw);
            fields.keep(seen);
            fields.keep(last);
            fields.keep(counts);
        }
    }

    /** Keeps other fields under another class. */
    private static final class Changed extends Keeper {
        private int extra;

        @Override
        protected void state(StateFields fields) {
            super.state(fields);
            if (extra >= 0) {
                extra = fields.keep(extra);
            }
        }
    }

    private static List<String> run(Env<float[], Integer> env, int steps, long seed) {
        Pcg64 random = new Pcg64(seed);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            StepResult<float[]> result = env.step((int) random.integers(0, 2));
            told.add(java.util.Arrays.toString(result.observation()) + result.reward() + result.truncated());
        }
        return told;
    }

    @Test
    void continuesWithTheSameBitsInAnotherEnvironmentAndInTheSame() {
        Keeper env = new Keeper();
        env.reset(5);
        run(env, 17, 1);
        byte[] snapshot = env.snapshot().orElseThrow();
        List<String> rest = run(env, 9, 2);
        Keeper other = new Keeper();
        other.reset(77);
        run(other, 40, 3);
        other.restore(snapshot);
        assertThat(other.snapshot())
                .hasValueSatisfying(again -> assertThat(again).isEqualTo(snapshot));
        assertThat(run(other, 9, 2)).isEqualTo(rest);
        env.restore(snapshot);
        assertThat(run(env, 9, 2)).isEqualTo(rest);
        assertThat(env.reset().observation()).isEqualTo(other.reset().observation());
    }

    @Test
    void keepsTheCountersOfTheStandardWrappers() {
        Env<float[], Integer> env = wrapped();
        env.reset(1);
        run(env, 3, 1);
        byte[] snapshot = env.snapshot().orElseThrow();
        List<String> rest = run(env, 2, 2);
        assertThat(rest.get(1)).endsWith("true");
        Env<float[], Integer> other = wrapped();
        other.restore(snapshot);
        assertThat(run(other, 2, 2)).isEqualTo(rest);
        assertThatThrownBy(() -> other.step(0)).hasMessageContaining("after the end");
        Env<float[], Integer> checked = wrapped();
        checked.restore(snapshot);
        assertThatThrownBy(() -> checked.step(9)).hasMessageContaining("episode 0, step 4");
    }

    private static Env<float[], Integer> wrapped() {
        return new OrderEnforcing<>(new TimeLimit<>(new PassiveEnvChecker<>(new Keeper(), "K-v0"), 5), "K-v0");
    }

    @Test
    void hasNoneWhereTheEnvironmentInsideHasNone() {
        Env<float[], Integer> env = new TimeLimit<>(new WalkEnv(), 5);
        assertThat(env.snapshot()).isEmpty();
        assertThatThrownBy(() -> new WalkEnv().restore(new byte[40]))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("WalkEnv has no snapshot");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 20})
    void refusesBytesThatAreNoSnapshot(int length) {
        Keeper env = new Keeper();
        assertThatThrownBy(() -> env.restore(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no snapshot of a " + Keeper.class.getName())
                .hasMessageContaining(length + " bytes");
    }

    @Test
    void refusesEveryDamagedByteAndChangesNothing() {
        Keeper env = new Keeper();
        env.reset(5);
        run(env, 3, 1);
        byte[] snapshot = env.snapshot().orElseThrow();
        for (int i = 0; i < snapshot.length; i++) {
            byte[] damaged = snapshot.clone();
            damaged[i] ^= 0x10;
            assertThatThrownBy(() -> env.restore(damaged)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> env.restore(java.util.Arrays.copyOf(snapshot, snapshot.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(env.snapshot()).hasValueSatisfying(now -> assertThat(now).isEqualTo(snapshot));
    }

    @Test
    void refusesTheSnapshotOfAnotherClassVersionOrLayout() {
        Keeper env = new Keeper();
        byte[] snapshot = env.snapshot().orElseThrow();
        assertThatThrownBy(() -> new Changed().restore(snapshot))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("taken from a " + Keeper.class.getName());

        byte[] newer = snapshot.clone();
        newer[9] = 2; // mark with tag: 5 bytes; tag of the version, then its four bytes
        assertThatThrownBy(() -> env.restore(sealed(newer))).hasMessageContaining("version 2");
        byte[] unmarked = snapshot.clone();
        unmarked[1] = 'x';
        assertThatThrownBy(() -> env.restore(sealed(unmarked))).hasMessageContaining("not the mark");

        Changed more = new Changed();
        byte[] withExtra = more.snapshot().orElseThrow();
        more.extra = -1;
        assertThatThrownBy(() -> more.restore(withExtra)).hasMessageContaining("5 bytes are left over");
        byte[] without = more.snapshot().orElseThrow();
        assertThatThrownBy(() -> new Changed().restore(without)).hasMessageContaining("ends too early");
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        java.nio.ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
        return bytes;
    }

    @Test
    void refusesAFieldOfAnotherKind() {
        StateFields saving = StateFields.saving();
        saving.keep(1.5);
        StateFields restoring = StateFields.restoring(saving.written());
        assertThat(restoring.restoring()).isTrue();
        assertThatThrownBy(() -> restoring.keep(1)).hasMessageContaining("'d' where this environment keeps 'i'");
    }

    @Test
    void keepsEveryBitOfANumber() {
        StateFields saving = StateFields.saving();
        double odd = Double.longBitsToDouble(0x7ff0000000000123L);
        saving.keep(odd);
        saving.keep(-0.0);
        saving.keep(new float[] {-0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY});
        StateFields restoring = StateFields.restoring(saving.written());
        assertThat(Double.doubleToRawLongBits(restoring.keep(0.0))).isEqualTo(0x7ff0000000000123L);
        assertThat(Double.doubleToRawLongBits(restoring.keep(0.0))).isEqualTo(Long.MIN_VALUE);
        assertThat(restoring.keep(new float[0])).containsExactly(-0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
        assertThat(restoring.left()).isZero();
    }
}
