package org.rltune.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * Remembers the seed, the options and the actions that brought an environment to its state, and brings one there by
 * repeating them. So an environment without a {@link Env#snapshot} of its own has one.
 *
 * <p>What is remembered goes back to the last reset with a seed. Begin every episode with a seed, as rollout workers do,
 * and it is one episode. It costs a copy of every action; restoring takes as long as the steps took. Options must be
 * values that JSON can hold.
 */
public final class EpisodeReplay<O, A> extends Wrapper<O, A> {
    private final List<Episode> episodes = new ArrayList<>();

    /** An episode: how it was begun, and its actions in the form of {@code Space.toJsonable}. */
    private record Episode(
            @Nullable Long seed,
            Map<String, Object> options,
            @Nullable Object task,
            List<Object> actions) {}

    /** Remembers what is done with this environment from now on. */
    public EpisodeReplay(Env<O, A> inner) {
        super(inner);
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        Map<String, Object> plain = PlainValues.copy(options);
        Object task = task().orElse(null);
        ResetResult<O> result = super.reset(seed, options);
        if (seed != null) {
            episodes.clear();
        }
        if (seed != null || !episodes.isEmpty()) {
            episodes.add(new Episode(seed, plain, task, new ArrayList<>()));
        }
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        Object plain = actionSpace().toJsonable(action); // before the step, which may change the action
        StepResult<O> result = super.step(action);
        if (!episodes.isEmpty()) {
            episodes.get(episodes.size() - 1).actions().add(plain);
        }
        return result;
    }

    /** Steps since the last reset with a seed: how many {@link #restore} repeats. */
    public long steps() {
        return episodes.stream().mapToLong(episode -> episode.actions().size()).sum();
    }

    /**
     * Repeats on another environment what was done since the last reset with a seed.
     *
     * @param other an environment made alike
     * @throws IllegalStateException before the first reset with a seed
     * @throws EnvException when the other environment refuses to repeat it
     */
    public void repeatOn(Env<O, A> other) {
        if (episodes.isEmpty()) {
            throw new IllegalStateException(
                    "Nothing can be repeated before the first reset with a seed. Call reset(seed)");
        }
        repeat(episodes, other);
        task().ifPresent(other::setTask);
    }

    private static <O, A> void repeat(List<Episode> episodes, Env<O, A> env) {
        for (int e = 0; e < episodes.size(); e++) {
            Episode episode = episodes.get(e);
            int step = 0;
            try {
                if (episode.task() != null) {
                    env.setTask(episode.task());
                }
                env.reset(episode.seed(), episode.options());
                for (Object action : episode.actions()) {
                    step++;
                    env.step(env.actionSpace().fromJsonable(action));
                }
            } catch (RuntimeException failure) {
                throw new EnvException(
                        "The episode cannot be repeated: reset " + e + " since the seed, step " + step + " of "
                                + episode.actions().size() + " failed: " + failure
                                + ". The environment must be a function of its seed and actions",
                        failure);
            }
        }
    }

    /** What was done since the last reset with a seed; empty before that. */
    @Override
    public Optional<byte[]> snapshot() {
        if (episodes.isEmpty()) {
            return Optional.empty();
        }
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        for (Episode episode : episodes) {
            Map<String, @Nullable Object> written = new LinkedHashMap<>();
            written.put("seed", episode.seed());
            written.put("options", episode.options());
            written.put("actions", episode.actions());
            if (episode.task() != null) {
                written.put("task", episode.task());
            }
            json.add(written);
        }
        task().ifPresent(next -> json.add(Map.of("next_task", next)));
        String text = Json.write(json);
        return Snapshots.save(this, fields -> fields.keep(text));
    }

    /** Repeats what was done when the snapshot was taken. */
    @Override
    public void restore(byte[] snapshot) {
        List<Episode> read = new ArrayList<>();
        List<Object> next = new ArrayList<>();
        Snapshots.restore(this, snapshot, fields -> {
            for (Object element : Json.asList(Json.parse(fields.keep(""), "the snapshot"), "the snapshot")) {
                Map<String, @Nullable Object> episode = Json.asObject(element, "an episode");
                if (episode.get("next_task") != null) {
                    next.add(episode.get("next_task"));
                } else {
                    read.add(episode(episode));
                }
            }
        });
        repeat(read, inner());
        next.forEach(this::setTask);
        episodes.clear();
        episodes.addAll(read);
    }

    private static Episode episode(Map<String, @Nullable Object> json) {
        Object seed = json.get("seed");
        Map<String, Object> options = new LinkedHashMap<>();
        Json.asObject(json.get("options"), "options").forEach((key, value) -> {
            if (value != null) {
                options.put(key, value);
            }
        });
        List<Object> actions = new ArrayList<>();
        for (Object action : Json.asList(json.get("actions"), "actions")) {
            if (action != null) {
                actions.add(action);
            }
        }
        return new Episode(seed == null ? null : (Long) Json.asLong(seed, "seed"), options, json.get("task"), actions);
    }
}
