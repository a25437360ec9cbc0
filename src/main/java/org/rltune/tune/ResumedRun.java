package org.rltune.tune;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * A run that is to be resumed: what its journal says. Nobody else can write to the run until this is closed.
 *
 * <p>{@code Tune.resume} is what users call; this is for those that wire a {@link Tuner} themselves.
 */
public final class ResumedRun implements AutoCloseable {
    /** What results depend on, so that it must not change. */
    private static final List<String> LAW = List.of(
            "trainable", "seed", "metric", "mode", "search_space", "search_alg", "scheduler", "max_concurrent_trials");

    private final Path folder;
    private final RunLock lock;
    private final Recording recording;
    private final long lines;
    private final List<String> warnings;

    private ResumedRun(Path folder, RunLock lock, Recording recording, long lines, List<String> warnings) {
        this.folder = folder;
        this.lock = lock;
        this.recording = recording;
        this.lines = lines;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads the journal of an experiment; an end of it that is damaged is set aside.
     *
     * @throws IllegalArgumentException if there is no such run, another process is writing it, or nothing was recorded
     */
    public static ResumedRun open(Path folder) {
        if (!Files.isRegularFile(folder.resolve(Journal.NAME))) {
            throw new IllegalArgumentException("There is no run to resume in " + folder.toAbsolutePath()
                    + ": it has no " + Journal.NAME + ". Name the folder of one run, such as results/<name>.");
        }
        RunLock lock = RunLock.take(folder);
        try {
            Recording recording = new Recording();
            JournalReader read = JournalReader.read(folder, recording::add);
            if (read.lines() == 0) {
                throw new IllegalArgumentException("The first line of " + folder.resolve(Journal.NAME)
                        + " is damaged, and with it the settings of the run, so that it cannot be resumed. Move the folder"
                        + " away and start the run again.");
            }
            List<String> warnings = new ArrayList<>();
            if (read.rest() > 0) {
                warnings.add(read.setRestAside());
            }
            return new ResumedRun(folder, lock, recording, read.lines(), warnings);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Returns the experiment's folder. */
    public Path folder() {
        return folder;
    }

    /** Returns the name of what is trained. */
    public String trainable() {
        return String.valueOf(recording.config().get("run"));
    }

    /** Returns what the user had set, by the keys of an experiment file, as JSON values. */
    public Map<String, Object> config() {
        return recording.config();
    }

    /** Lets others write to the run. */
    @Override
    public void close() {
        lock.close();
    }

    Recording recording() {
        return recording;
    }

    long lines() {
        return lines;
    }

    List<String> warnings() {
        return warnings;
    }

    /**
     * Refuses settings under which the run would be another one.
     *
     * @throws IllegalArgumentException naming what differs and what to pass
     */
    void check(RunConfig config, RunSettings settings) {
        checkSupplied(config);
        Map<String, Object> before = recording.settings();
        Map<String, Object> now = Recording.comparable(RunFile.described(settings));
        for (String name : LAW) {
            if (!Objects.equals(before.get(name), now.get(name))) {
                throw new IllegalArgumentException("The run in " + folder + " cannot go on with another " + name + ": "
                        + difference(before.get(name), now.get(name))
                        + ". Leave it out, or pass what the run was started with: Tune.resume(folder, run -> run."
                        + setter(name) + "(...)).");
            }
        }
        if (settings.totalTrials() < recording.trials()) {
            throw new IllegalArgumentException("The run in " + folder + " has " + recording.trials()
                    + " trials already, but num_samples would make only " + settings.totalTrials()
                    + ". Leave numSamples out, or give more.");
        }
    }

    private void checkSupplied(RunConfig config) {
        refuseMissing("scheduler", "scheduler", config.scheduler() == null);
        refuseMissing("search_alg", "searchAlg", config.searchAlg() == null);
        if (config.stopsAsRecorded() && recording.config().get(RunConfigJson.OTHER_STOP) instanceof List<?> texts) {
            throw new IllegalArgumentException(
                    "The run in " + folder + " was started with stop rules of the program's own, "
                            + Json.write(texts)
                            + ", which no file can hold. Pass all its stop rules again: Tune.resume(folder, run"
                            + " -> run.stop(...)).");
        }
    }

    private void refuseMissing(String key, String setter, boolean missing) {
        if (missing && recording.config().get(key) instanceof Map<?, ?> before) {
            throw new IllegalArgumentException("The run in " + folder + " was started with the " + key + " "
                    + before.get(RunConfigJson.CLASS)
                    + ", which cannot be made again from its settings alone. Pass a new one: Tune.resume(folder, run -> run."
                    + setter + "(...)).");
        }
    }

    private static String setter(String name) {
        return switch (name) {
            case "search_space" -> "config";
            case "search_alg" -> "searchAlg";
            case "max_concurrent_trials" -> "maxConcurrentTrials";
            default -> name;
        };
    }

    private static String difference(@Nullable Object before, @Nullable Object now) {
        if (before instanceof Map<?, ?> && now instanceof Map<?, ?>) {
            Map<String, Object> old = Json.asObject(before, "before");
            Map<String, Object> changed = Json.asObject(now, "now");
            List<String> parts = new ArrayList<>();
            Map<String, Object> all = new LinkedHashMap<>(old);
            all.putAll(changed);
            all.keySet().forEach(key -> {
                if (!Objects.equals(old.get(key), changed.get(key))) {
                    parts.add("its " + key + " " + difference(old.get(key), changed.get(key)));
                }
            });
            return String.join("; ", parts);
        }
        return "was " + Json.write(before) + " and would be " + Json.write(now);
    }

    /** Returns whether what ended may go on, or go another way, with other settings. */
    boolean isExtendedBy(RunConfig config, RunSettings settings) {
        Map<String, Object> before = recording.settings();
        Map<String, Object> now = Recording.comparable(RunFile.described(settings));
        return config.rerunErrored()
                || !Objects.equals(before.get("stop"), now.get("stop"))
                || !Objects.equals(before.get("total_trials"), now.get("total_trials"));
    }
}
