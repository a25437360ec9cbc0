package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** What Gymnasium 1.3 answered for the same environment is answered here, for each way to step and each autoreset. */
final class VectorGymnasiumTest {
    private static final int ENVS = 3;

    /** Counts its steps up to a length that the seed gives, and that changes from one episode to the next. */
    private static final class Count implements Env<float[], Integer> {
        private int length;
        private int steps;

        @Override
        public Space<float[]> observationSpace() {
            return Box.of(-100, 100, 2);
        }

        @Override
        public Space<Integer> actionSpace() {
            return Discrete.of(5);
        }

        @Override
        public ResetResult<float[]> reset(@Nullable Long seed, Map<String, Object> options) {
            length = seed == null ? length % 4 + 1 : 2 + (int) (seed % 3);
            length = (int) options.getOrDefault("length", length);
            steps = 0;
            return new ResetResult<>(new float[] {0, length}, Map.of("length", length));
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            steps++;
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("steps", steps);
            if (steps % 2 == 1) {
                info.put("odd", true);
            }
            if (action > 2) {
                info.put("deep", Map.of("twice", 2 * steps));
            }
            boolean over = steps >= length;
            return new StepResult<>(
                    new float[] {steps, length},
                    10.0 * steps + action,
                    over && length % 2 == 1,
                    over && length % 2 == 0,
                    info);
        }
    }

    private static List<String> recorded() throws IOException {
        try (InputStream in = VectorGymnasiumTest.class.getResourceAsStream("gymnasium-vector.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }

    private static VectorEnv make(AutoresetMode mode, int threads) {
        VectorOptions options = VectorOptions.defaults().withAutoreset(mode);
        return VectorEnvs.ofUser(
                EnvSpec.of("Count-v0", context -> new Count()),
                ENVS,
                threads == 0 ? options : options.withMode(VectorMode.THREADED).withThreads(threads));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 8})
    void answersAsGymnasium(int threads) throws IOException {
        List<String> told = new ArrayList<>();
        for (AutoresetMode mode : AutoresetMode.values()) {
            try (VectorEnv env = make(mode, threads)) {
                VectorStep out = env.newStep();
                env.reset(VectorReset.seed(5), out);
                told.add(mode + " reset " + text(out));
                boolean[] ended = new boolean[ENVS];
                for (int k = 0; k < 14; k++) {
                    if (mode == AutoresetMode.DISABLED && any(ended)) {
                        env.reset(VectorReset.next().where(ended), out);
                        told.add(mode + " reset " + text(out));
                    }
                    env.step(new float[] {k % 5, (k + 2) % 5, (k + 4) % 5}, out);
                    told.add(mode + " step " + stepText(out, mode));
                    for (int e = 0; e < ENVS; e++) {
                        ended[e] = out.ended(e);
                    }
                }
                env.reset(VectorReset.seeds(7L, null, 3L).withOptions(Map.of("length", 4)), out);
                told.add(mode + " reset " + text(out));
            }
        }
        assertThat(told).isEqualTo(recorded());
    }

    private static boolean any(boolean[] flags) {
        return flags[0] || flags[1] || flags[2];
    }

    private static String text(VectorStep out) {
        StringJoiner observation = new StringJoiner(",");
        for (float v : out.observation) {
            observation.add(Integer.toString((int) v));
        }
        return "obs " + observation + " infos " + String.join(";", columns(out.infos(), ""));
    }

    private static String stepText(VectorStep out, AutoresetMode mode) {
        StringJoiner reward = new StringJoiner(",");
        StringJoiner terminated = new StringJoiner(",");
        StringJoiner truncated = new StringJoiner(",");
        StringJoiner last = new StringJoiner(",");
        boolean ended = false;
        for (int e = 0; e < ENVS; e++) {
            reward.add(Integer.toString((int) out.reward[e]));
            terminated.add(out.terminated[e] ? "1" : "0");
            truncated.add(out.truncated[e] ? "1" : "0");
            ended |= out.ended(e);
            last.add(
                    out.ended(e)
                            ? (int) out.finalObservation[2 * e] + "/" + (int) out.finalObservation[2 * e + 1]
                            : "-");
        }
        String text = text(out)
                .replace(
                        " infos ",
                        " reward " + reward + " terminated " + terminated + " truncated " + truncated + " infos ");
        return mode == AutoresetMode.SAME_STEP && ended
                ? text + " final " + last + " finalInfos " + String.join(";", columns(out.finalInfos(), ""))
                : text;
    }

    private static List<String> columns(VectorInfos infos, String prefix) {
        List<String> columns = new ArrayList<>();
        for (String key : new TreeSet<>(infos.keys())) {
            if (key.equals("deep")) {
                columns.addAll(columns(infos.infos(key), "deep."));
                continue;
            }
            long[] values = key.equals("odd") ? null : infos.longs(key);
            boolean[] flags = key.equals("odd") ? infos.flags(key) : null;
            boolean[] mask = infos.mask(key);
            StringJoiner cells = new StringJoiner(",");
            for (int e = 0; e < ENVS; e++) {
                String value = values != null ? Long.toString(values[e]) : flags != null && flags[e] ? "1" : "0";
                cells.add(mask[e] ? value : "-");
            }
            columns.add(prefix + key + "=" + cells);
        }
        return columns;
    }
}
