package org.rltune.ppo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EpisodeState;
import org.rltune.env.PlainValues;
import org.rltune.json.Json;

/**
 * What the training environments are set to, and the function that sets it after each iteration. The task in force is in
 * every row as {@code env_task}; a checkpoint has it, and those that the running episodes began with.
 */
final class Curriculum {
    static final String FILE = "curriculum.json";
    static final String ENV_TASK = "env_task";

    private final String name;
    private final String trialId;
    private final EnvTaskFunction function;
    private final Consumer<Object> setTask;
    private Object task;
    private List<@Nullable Object> begunWith = List.of();

    /**
     * @param first what the environments were made with; empty where they have no tasks
     * @param setTask sets the task of all training environments
     */
    private Curriculum(PpoConfig config, String trialId, Optional<Object> first, Consumer<Object> setTask) {
        this.name = config.envTaskFn();
        this.trialId = trialId;
        this.function = EnvTaskFunctions.get(name);
        this.setTask = setTask;
        this.task = PlainValues.checked("The task", required(config, first));
    }

    /** Returns the curriculum of a trainer; null for none. */
    static @Nullable Curriculum of(PpoConfig config, String trialId, Optional<Object> first, Consumer<Object> setTask) {
        return config.envTaskFn().isEmpty() ? null : new Curriculum(config, trialId, first, setTask);
    }

    /** Checks a setting before anything starts; {@code first} is as above. */
    static void check(PpoConfig config, Optional<Object> first) {
        if (!config.envTaskFn().isEmpty()) {
            EnvTaskFunctions.get(config.envTaskFn());
            required(config, first);
        }
    }

    private static Object required(PpoConfig config, Optional<Object> first) {
        return first.orElseThrow(() -> new IllegalArgumentException("env_task_fn is '" + config.envTaskFn() + "', but '"
                + config.env() + "' has no tasks: its environment, and its vector entry point if it has one, must"
                + " override task and setTask. Leave env_task_fn out, or take an environment with tasks such as"
                + " MountainCar-v0."));
    }

    /** The task that episodes begin with. */
    Object task() {
        return task;
    }

    /** Sets the environments to the task, which they have at first anyway; so all that they tell of it has one form. */
    void begin() {
        setTask.accept(task);
    }

    /**
     * Chooses the next task.
     *
     * @param iteration counted from 1
     * @param row the row of the iteration
     */
    void next(long iteration, Map<String, Object> row) {
        Object next;
        try {
            next = PlainValues.checked("The task", function.next(Collections.unmodifiableMap(row), task));
            if (!next.equals(task)) {
                setTask.accept(next);
            }
        } catch (RuntimeException | AssertionError | LinkageError e) {
            throw new IllegalStateException(
                    trialId + ", iteration " + iteration + ": env_task_fn '" + name + "' failed, the task was "
                            + Json.shown(task) + ": " + e + ". Correct it; it must return a task of the environment.",
                    e);
        }
        task = next;
    }

    /** Adds what is needed to go on. */
    void save(Map<String, byte[]> files, List<EpisodeState> running) {
        Map<String, @Nullable Object> saved = new LinkedHashMap<>();
        saved.put(ENV_TASK, task);
        saved.put("running", running.stream().map(EpisodeState::task).toList());
        files.put(FILE, Json.writePretty(saved).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes over the task; where the checkpoint has none, as from a training without curriculum, it stays. */
    void restore(Map<String, byte[]> files) {
        byte[] content = files.get(FILE);
        begunWith = List.of();
        if (content == null) {
            return;
        }
        Map<String, @Nullable Object> saved =
                Json.asObject(Json.parse(new String(content, StandardCharsets.UTF_8), FILE), FILE);
        Object read = saved.get(ENV_TASK);
        if (read == null) {
            throw new IllegalArgumentException(FILE + ": has no env_task; the checkpoint is damaged. Take another.");
        }
        begunWith = new ArrayList<>(Json.asList(saved.get("running"), FILE + ": running"));
        Object plain = PlainValues.checked(FILE + ": env_task", read);
        setTask.accept(plain);
        task = plain;
    }

    /** Returns the running episodes with the tasks that they began with. */
    List<EpisodeState> begun(List<EpisodeState> running) {
        if (begunWith.size() != running.size()) {
            if (begunWith.isEmpty()) {
                return running;
            }
            throw new IllegalArgumentException(FILE + ": has the tasks of " + begunWith.size() + " episodes, but "
                    + running.size() + " run; the checkpoint is damaged. Take another.");
        }
        List<EpisodeState> states = new ArrayList<>();
        for (int e = 0; e < running.size(); e++) {
            Object begun = begunWith.get(e);
            states.add(running.get(e).withTask(begun == null ? null : PlainValues.checked(FILE + ": running", begun)));
        }
        return states;
    }
}
