package org.rltune.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * A recorded run of one environment, in the text format of the golden data.
 *
 * <p>Lines are {@code env ID KWARGS_JSON} (once), {@code reset SEED OBS}, {@code reset - OBS} (goes on with the
 * environment's generator), {@code step ACTION OBS REWARD TERMINATED TRUNCATED}, and comments after {@code #}. The reward
 * is the 16-digit hex of the float64 bits, the flags are 0 or 1; see {@link TraceValues} for OBS and ACTION.
 *
 * @param file where it was read from
 * @param env id of the environment
 * @param config its keyword arguments
 * @param rows the resets and steps, in order; the first one is a reset
 */
record Trace(Path file, String env, Map<String, Object> config, List<Row> rows) {
    /** A reset ({@code action} is null) or a step; values whose type depends on the environment stay text. */
    record Row(
            int line,
            @Nullable Long seed,
            @Nullable String action,
            String observation,
            double reward,
            boolean terminated,
            boolean truncated) {
        boolean ended() {
            return terminated || truncated;
        }
    }

    /** A file that is no trace; the message names file and line. */
    static final class MalformedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        MalformedException(Path file, int line, String what) {
            super(file + ", line " + line + ": " + what);
        }
    }

    /** Reads a trace. Throws {@link MalformedException} with the number of the line that breaks the format. */
    static Trace read(Path file) throws IOException {
        String env = null;
        Map<String, Object> config = Map.of();
        List<Row> rows = new ArrayList<>();
        boolean ended = true;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split(" ");
            try {
                if (words[0].equals("env")) {
                    require(env == null, "a second env line; a trace holds one environment");
                    String[] parts = line.strip().split(" ", 3);
                    require(parts.length == 3, "expected 'env ID KWARGS_JSON'");
                    env = parts[1];
                    config = config(parts[2]);
                    continue;
                }
                require(env != null, "expected 'env ID KWARGS_JSON' before anything else");
                Row row = row(number, words);
                require(row.action() == null || !ended, "a step where no episode runs; a reset must come first");
                ended = row.action() != null && row.ended();
                rows.add(row);
            } catch (IllegalArgumentException e) {
                throw new MalformedException(file, number, e.getMessage() + " [" + shortened(line) + "]");
            }
        }
        if (env == null || rows.isEmpty()) {
            throw new MalformedException(
                    file, number, "the file ends without " + (env == null ? "an env line" : "rows"));
        }
        return new Trace(file, env, config, List.copyOf(rows));
    }

    private static Row row(int line, String[] words) {
        if (words[0].equals("reset")) {
            require(words.length == 3, "expected 'reset SEED OBS' or 'reset - OBS'");
            Long seed = words[1].equals("-") ? null : (Long) Long.parseLong(words[1]);
            require(seed == null || seed >= 0, "a seed must be at least 0");
            return new Row(line, seed, null, words[2], 0, false, false);
        }
        require(words[0].equals("step"), "expected a line that begins with env, reset, step or #");
        require(words.length == 6, "expected 'step ACTION OBS REWARD TERMINATED TRUNCATED'");
        require(words[3].length() == 16, "a reward has 16 hex digits");
        double reward = Double.longBitsToDouble(Long.parseUnsignedLong(words[3], 16));
        return new Row(line, null, words[1], words[2], reward, flag(words[4]), flag(words[5]));
    }

    private static boolean flag(String word) {
        require(word.equals("0") || word.equals("1"), "a flag must be 0 or 1");
        return word.equals("1");
    }

    private static Map<String, Object> config(String json) {
        Object parsed = Json.parse(json, "the keyword arguments");
        require(parsed instanceof Map, "the keyword arguments must be a JSON object");
        Map<String, Object> config = new LinkedHashMap<>();
        Json.asObject(parsed, "the keyword arguments").forEach((key, value) -> {
            if (value != null) { // Python's None: the default
                config.put(key, value);
            }
        });
        return Collections.unmodifiableMap(config);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static String shortened(String line) {
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }
}
