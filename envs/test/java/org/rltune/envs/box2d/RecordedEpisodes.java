package org.rltune.envs.box2d;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.space.Discrete;

/**
 * Episodes recorded from Gymnasium 1.3.0 with Box2D 2.3.0 (the first rows of the traces in the golden data, whose README
 * tells their format), and what ours gives for the same seeds and actions.
 */
final class RecordedEpisodes {
    private RecordedEpisodes() {}

    /** A row of both: {@code step} counts from 1; 0 is the reset. */
    record Row(
            int episode,
            int step,
            float[] recorded,
            float[] ours,
            double recordedReward,
            double ourReward,
            boolean recordedEnd,
            boolean ourEnd) {
        boolean same() {
            return java.util.Arrays.equals(recorded, ours);
        }

        double difference() {
            double largest = 0;
            for (int i = 0; i < recorded.length; i++) {
                largest = Math.max(largest, Math.abs((double) recorded[i] - ours[i]));
            }
            return largest;
        }
    }

    static List<Row> replay(String file, Map<String, Object> config) {
        String id = file.substring(0, file.indexOf("-v3") + 3);
        List<Row> rows = new ArrayList<>();
        @SuppressWarnings("unchecked") // actions are read in the form of the environment's own space
        Env<float[], Object> env = (Env<float[], Object>) Envs.makeUnchecked(id, EnvContext.of(config));
        Object space = env.actionSpace();
        int episode = 0;
        int step = 0;
        boolean ended = false;
        for (String line : lines(file)) {
            String[] words = line.split(" ");
            if (words[0].equals("reset")) {
                episode++;
                step = 0;
                ended = false;
                Long seed = words[1].equals("-") ? null : (Long) Long.parseLong(words[1]);
                float[] ours = env.reset(seed, Map.of()).observation();
                rows.add(new Row(episode, 0, floats(words[2]), ours, 0, 0, false, false));
            } else if (words[0].equals("step") && !ended) {
                Object action = space instanceof Discrete ? (Object) Integer.valueOf(words[1]) : floats(words[1]);
                StepResult<float[]> result = env.step(action);
                ended = result.ended();
                rows.add(new Row(
                        episode,
                        ++step,
                        floats(words[2]),
                        result.observation(),
                        Double.longBitsToDouble(Long.parseUnsignedLong(words[3], 16)),
                        result.reward(),
                        words[4].equals("1"),
                        result.terminated()));
            }
        }
        env.close();
        return rows;
    }

    private static float[] floats(String text) {
        String[] words = text.split(",");
        float[] values = new float[words.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
        }
        return values;
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(RecordedEpisodes.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
