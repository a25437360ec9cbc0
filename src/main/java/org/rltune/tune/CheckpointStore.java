package org.rltune.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.rltune.tune.space.HyperParams;

/**
 * The checkpoints of one trial on disk. Keeps the best by the policy's score, and besides them always the newest one and
 * those that other trials rest on (pinned). Safe for use by several threads.
 */
final class CheckpointStore {
    private final String trialId;
    private final Path trialFolder;
    private final CheckpointPolicy policy;
    private final Map<Integer, SavedCheckpoint> saved = new LinkedHashMap<>();

    /** By the id of the trial that rests on it: the iteration of the checkpoint. */
    private final Map<String, Integer> pins = new LinkedHashMap<>();

    private BooleanSupplier held = () -> false;

    CheckpointStore(String trialId, Path trialFolder, CheckpointPolicy policy) {
        this.trialId = trialId;
        this.trialFolder = trialFolder;
        this.policy = policy;
    }

    CheckpointPolicy policy() {
        return policy;
    }

    synchronized List<SavedCheckpoint> saved() {
        return saved.values().stream()
                .sorted(Comparator.comparingInt(SavedCheckpoint::trainingIteration))
                .toList();
    }

    /** Returns whether the checkpoint of an iteration is on disk. */
    synchronized boolean has(int iteration) {
        return saved.containsKey(iteration);
    }

    /** Writes the checkpoint unless it is on disk already; returns whether it wrote. */
    synchronized boolean write(
            int iteration, Map<String, byte[]> files, Map<String, Object> trial, Map<String, Object> row) {
        if (saved.containsKey(iteration)) {
            return false;
        }
        Path folder = trialFolder.resolve(CheckpointFolder.nameOf(iteration));
        CheckpointFolder.write(folder, files, trial);
        saved.put(iteration, new SavedCheckpoint(trialId, iteration, policy.score(row), folder));
        prune();
        return true;
    }

    /** Keeps a checkpoint for as long as the named trial rests on it; a trial rests on one checkpoint at a time. */
    synchronized void pin(int iteration, String byTrial) {
        pins.put(byTrial, iteration);
    }

    synchronized void unpin(String byTrial) {
        if (pins.remove(byTrial) != null) {
            prune();
        }
    }

    /** Deletes nothing as long as this holds: a run that is resumed does not know yet who will rest on what. */
    synchronized void hold(BooleanSupplier held) {
        this.held = held;
    }

    /** Forgets a checkpoint that turned out to be damaged. */
    synchronized void forget(int iteration) {
        saved.remove(iteration);
    }

    private void prune() {
        if (saved.size() <= policy.keep() || held.getAsBoolean()) {
            return;
        }
        int newest = saved.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
        List<SavedCheckpoint> ranked =
                saved.values().stream().sorted(policy::compare).toList();
        for (SavedCheckpoint checkpoint : ranked.subList(policy.keep(), ranked.size())) {
            int iteration = checkpoint.trainingIteration();
            if (iteration != newest && !pins.containsValue(iteration)) {
                AtomicFiles.deleteFolder(checkpoint.folder());
                saved.remove(iteration);
            }
        }
    }

    /**
     * Finds what is on disk, for a run that is read back or resumed.
     *
     * @param rows the trial's rows; a checkpoint of a later iteration is passed over where {@code resumed}
     */
    synchronized void scan(List<Map<String, Object>> rows, boolean resumed) {
        if (!Files.isDirectory(trialFolder)) {
            return;
        }
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> list = Files.list(trialFolder)) {
            list.filter(path -> path.getFileName().toString().matches("checkpoint_\\d{6,9}"))
                    .sorted()
                    .forEach(folders::add);
        } catch (IOException e) {
            throw AtomicFiles.failure("read", trialFolder, e);
        }
        for (Path folder : folders) {
            int iteration = Integer.parseInt(folder.getFileName().toString().substring("checkpoint_".length()));
            if (resumed && iteration > rows.size()) {
                continue; // taken after a row that is lost; it will be written again
            }
            Map<String, Object> row = iteration >= 1 && iteration <= rows.size() ? rows.get(iteration - 1) : Map.of();
            saved.put(iteration, new SavedCheckpoint(trialId, iteration, policy.score(row), folder));
        }
    }

    /** Returns what stands in a checkpoint's {@code trial.json}. */
    static Map<String, Object> describe(Trial trial, int iteration, Map<String, Object> row) {
        HyperParams config = trial.configAt(iteration);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trial_id", trial.id());
        json.put("experiment_tag", String.valueOf(row.getOrDefault(ResultColumns.EXPERIMENT_TAG, trial.tag())));
        json.putAll(Counters.columnsOf(row));
        json.put("config", config.asMap());
        json.put("lineage", trial.lineageAt(iteration));
        return json;
    }
}
