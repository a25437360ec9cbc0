package org.rltune.offline;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.FlatActions;
import org.rltune.json.Json;
import org.rltune.space.Space;

/**
 * What a folder of trajectories holds: its {@code output.json}.
 *
 * @param format how the rows are written
 * @param maxFileSize bytes after which a file is followed by another
 * @param env registered id of the environment
 * @param envConfig its config
 * @param observationSpace of one environment
 * @param actionSpace of one environment
 * @param rawActionSize floats of an action as drawn from the policy
 * @param envs environments that were stepped together
 * @param trialId the trial that wrote it
 * @param seed tells runs apart: a function of all seeds of the trial
 */
public record TrajectoryInfo(
        OutputFormat format,
        long maxFileSize,
        String env,
        Map<String, Object> envConfig,
        Space<?> observationSpace,
        Space<?> actionSpace,
        int rawActionSize,
        int envs,
        String trialId,
        long seed) {
    static final String FILE = "output.json";
    private static final String FORMAT = "rltune-trajectories";
    private static final long VERSION = 1;

    /** Checks the numbers. */
    public TrajectoryInfo {
        Check.atLeast("output_max_file_size", maxFileSize, 1);
        Check.atLeast("raw_action_size", rawActionSize, 1);
        Check.atLeast("envs", envs, 1);
    }

    /** Floats of an observation in flat form. */
    public int observationSize() {
        return observationSpace.flatSize();
    }

    /** Floats of an action as the environment got it, see {@link FlatActions}. */
    public int actionSize() {
        return FlatActions.of(actionSpace).size();
    }

    /** The number of an episode that its environment counts from 0. */
    public long episodeId(int environment, long number) {
        return number * envs + environment;
    }

    /** Returns the number of an episode among those of its environment, from 0. */
    public long episodeNumber(Fragment fragment) {
        return fragment.episodeId / envs;
    }

    /** The content of {@code output.json}, where the columns are described for readers of other languages. */
    byte[] toBytes() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put("output_format", format.key());
        json.put("output_max_file_size", maxFileSize);
        json.put("trial_id", trialId);
        json.put("seed", seed);
        json.put("env", env);
        json.put("env_config", envConfig);
        json.put("envs", envs);
        json.put("observation_space", observationSpace.toJson());
        json.put("action_space", actionSpace.toJson());
        json.put("raw_action_size", rawActionSize);
        json.put("columns", Columns.describe(this));
        return Json.writePretty(json).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is damaged or of something else
     */
    static TrajectoryInfo parse(byte[] content, String source) {
        Map<String, @Nullable Object> json =
                Json.asObject(Json.parse(new String(content, StandardCharsets.UTF_8), source), source);
        if (!FORMAT.equals(json.get("format")) || !Long.valueOf(VERSION).equals(json.get("version"))) {
            throw new IllegalArgumentException(source + ": format " + Json.shown(json.get("format")) + " version "
                    + Json.shown(json.get("version")) + " cannot be read; this rltune reads " + FORMAT + " version "
                    + VERSION + ". Use the rltune that wrote it.");
        }
        return new TrajectoryInfo(
                OutputFormat.parse(text(json, "output_format", source)),
                Json.asLong(json.get("output_max_file_size"), source + ": output_max_file_size"),
                text(json, "env", source),
                plain(json, "env_config", source),
                Space.fromJson(plain(json, "observation_space", source)),
                Space.fromJson(plain(json, "action_space", source)),
                Json.asInt(json.get("raw_action_size"), source + ": raw_action_size"),
                Json.asInt(json.get("envs"), source + ": envs"),
                text(json, "trial_id", source),
                Json.asLong(json.get("seed"), source + ": seed"));
    }

    private static String text(Map<String, @Nullable Object> json, String key, String source) {
        if (json.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(source + ": " + key + " is " + Json.shown(json.get(key))
                + ", but must be a text. The file is damaged.");
    }

    private static Map<String, Object> plain(Map<String, @Nullable Object> json, String key, String source) {
        Map<String, Object> copy = new LinkedHashMap<>();
        Json.asObject(json.get(key), source + ": " + key).forEach((name, value) -> {
            if (value != null) {
                copy.put(name, value);
            }
        });
        return copy;
    }

    /** Names of the columns, in the order of the file. */
    public List<String> columns() {
        return Columns.of(this).stream().map(Column::name).toList();
    }
}
