package org.rltune.tune.schedule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionJson;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.space.HyperParams;

/**
 * The hyperparameters under which some weights were trained, from the first iteration on.
 *
 * @param initial those of the trial from which the weights descend
 * @param changes later ones, in order
 */
record ReplaySchedule(HyperParams initial, List<Change> changes) {
    /**
     * From when on other hyperparameters were in force.
     *
     * @param after the last iteration before, counted along the weights' lineage
     */
    record Change(int after, HyperParams config) {}

    /**
     * One copy: weights went from one trial to another.
     *
     * @param targetIteration the target's own iterations when it copied
     * @param donorIteration the donor's own iterations when the copied checkpoint was taken
     */
    private record Copy(
            String target,
            String donor,
            int targetIteration,
            int donorIteration,
            HyperParams oldConfig,
            HyperParams newConfig) {}

    /** Reads a file {@code pbt_policy_<trial>.txt} in the form in which the run writes it. */
    static ReplaySchedule ofPolicyFile(Path file) {
        LinkedList<Copy> chain = new LinkedList<>();
        List<String> lines = lines(file);
        for (int i = lines.size() - 1; i >= 0; i--) {
            Copy copy = copy(lines.get(i), file + ", line " + (i + 1));
            // As Ray's replay: lines before that do not lead here are about other weights.
            if (!chain.isEmpty() && !copy.target().equals(chain.getFirst().donor())) {
                break;
            }
            chain.addFirst(copy);
        }
        return of(chain, file + " holds no line");
    }

    private static Copy copy(String line, String where) {
        List<?> cells = Json.asList(Json.parse(line, where), where);
        if (cells.size() != 6) {
            throw new IllegalArgumentException(where + " has " + Texts.count(cells.size(), "cell")
                    + ", but a policy file has six: both tags, both iterations, both configs. Give the file"
                    + " pbt_policy_<trial>.txt of a run.");
        }
        return new Copy(
                String.valueOf(cells.get(0)),
                String.valueOf(cells.get(1)),
                Json.asInt(cells.get(2), where),
                Json.asInt(cells.get(3), where),
                HyperParams.of(Json.asObject(cells.get(4), where)),
                HyperParams.of(Json.asObject(cells.get(5), where)));
    }

    /** Reads {@code decisions.jsonl} of a run. */
    static ReplaySchedule ofDecisions(Path file, String trialId) {
        List<DecisionRecord> records = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            records.add(DecisionJson.fromJson(Json.asObject(Json.parse(line, file + ", line " + number), "decision")));
        }
        LinkedList<Copy> chain = new LinkedList<>();
        Copy copy = lastCopy(records, trialId, Integer.MAX_VALUE);
        while (copy != null) {
            chain.addFirst(copy);
            copy = lastCopy(records, copy.donor(), copy.donorIteration());
        }
        return of(
                chain,
                "in " + file + " the trial " + trialId + " copies no other, so it ran with the hyperparameters of "
                        + trialId + "/params.json all the time");
    }

    /** Returns how a trial's weights came to it, as they stood after one of its own iterations. */
    private static @Nullable Copy lastCopy(List<DecisionRecord> records, String trial, int atIteration) {
        Copy last = null;
        for (DecisionRecord record : records) {
            if (record.decision() instanceof Decision.Exploit exploit
                    && exploit.trialId().equals(trial)
                    && record.targetIteration() < atIteration) {
                last = new Copy(
                        trial,
                        exploit.donor().trialId(),
                        record.targetIteration(),
                        record.donorIteration(),
                        exploit.donorConfig(),
                        exploit.explored());
            }
        }
        return last;
    }

    /** Own iterations of the trials on the way become iterations of the lineage. */
    private static ReplaySchedule of(List<Copy> chain, String whyEmpty) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to replay: " + whyEmpty
                    + ". Choose a trial that copied another, or run those hyperparameters without a scheduler.");
        }
        List<Change> changes = new ArrayList<>();
        int after = 0;
        int begin = 0;
        List<String> names = chain.get(0).oldConfig().names();
        for (Copy copy : chain) {
            if (!copy.newConfig().names().equals(names)) {
                throw new IllegalArgumentException("The names of hyperparameters change from " + names + " to "
                        + copy.newConfig().names() + " where " + copy.target() + " copied " + copy.donor()
                        + ". Schedules in which options bring hyperparameters of their own cannot be replayed.");
            }
            after += copy.donorIteration() - begin;
            begin = copy.targetIteration();
            changes.add(new Change(after, copy.newConfig()));
        }
        return new ReplaySchedule(chain.get(0).oldConfig(), List.copyOf(changes));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "There is no file " + file.toAbsolutePath() + ". A trial that copied no other has no policy file;"
                            + " decisions.jsonl lies in the folder of the run.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the values that each changing name takes, in order. */
    Map<String, List<Object>> values() {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (String name : initial.names()) {
            List<Object> taken = new ArrayList<>(List.of(initial.get(name)));
            for (Change change : changes) {
                if (!taken.contains(change.config().get(name))) {
                    taken.add(change.config().get(name));
                }
            }
            if (taken.size() > 1) {
                values.put(name, taken);
            }
        }
        return values;
    }
}
