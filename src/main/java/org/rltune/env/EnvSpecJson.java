package org.rltune.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.json.Json;

/** Writes and reads a spec as JSON; the names are Gymnasium's, but {@code config} for its {@code kwargs}. */
final class EnvSpecJson {
    private static final List<String> KEYS = List.of(
            "id",
            "entry_point",
            "reward_threshold",
            "nondeterministic",
            "max_episode_steps",
            "order_enforce",
            "disable_env_checker",
            "deprecated",
            "config",
            "additional_wrappers");

    private EnvSpecJson() {}

    static String write(EnvSpec spec) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", spec.id());
        json.put("entry_point", Envs.entryPoint(spec));
        json.put(
                "reward_threshold",
                spec.rewardThreshold().isPresent() ? spec.rewardThreshold().getAsDouble() : null);
        json.put("nondeterministic", spec.nondeterministic());
        json.put(
                "max_episode_steps",
                spec.maxEpisodeSteps().isPresent() ? spec.maxEpisodeSteps().getAsInt() : null);
        json.put("order_enforce", spec.orderEnforce());
        json.put("disable_env_checker", spec.disableEnvChecker());
        json.put("deprecated", spec.deprecated().orElse(null));
        json.put("config", spec.defaultConfig());
        json.put(
                "additional_wrappers",
                spec.additionalWrappers().stream()
                        .map(wrapper -> named(wrapper.name(), wrapper.config()))
                        .toList());
        try {
            return Json.write(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The spec of " + spec.id() + " cannot be written as JSON, because a setting is no plain value: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Map<String, Object> named(String name, Map<String, Object> config) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("config", config);
        return json;
    }

    static EnvSpec read(String text) {
        Map<String, @Nullable Object> json = Json.asObject(Json.parse(text, "the spec"), "the spec");
        for (String key : json.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("The spec has the unknown setting '" + key + "'. Known: "
                        + String.join(", ", KEYS) + "." + Suggest.nearest(key, KEYS));
            }
        }
        String id = text(json, "id");
        EnvSpec spec = Envs.spec(json.containsKey("entry_point") ? text(json, "entry_point") : id)
                .withId(id);
        if (json.containsKey("reward_threshold")) {
            Object threshold = json.get("reward_threshold");
            spec = threshold == null
                    ? spec.withoutRewardThreshold()
                    : spec.withRewardThreshold(Json.asDouble(threshold, "reward_threshold"));
        }
        if (json.containsKey("max_episode_steps")) {
            Object steps = json.get("max_episode_steps");
            spec = spec.withMaxEpisodeSteps(steps == null ? -1 : Json.asInt(steps, "max_episode_steps"));
        }
        if (json.containsKey("deprecated")) {
            Object hint = json.get("deprecated");
            spec = hint == null ? spec.withoutDeprecated() : spec.withDeprecated(text(json, "deprecated"));
        }
        if (json.containsKey("config")) {
            spec = spec.withDefaultConfig(config(json.get("config"), "config"));
        }
        if (json.containsKey("additional_wrappers")) {
            spec = spec.withAdditionalWrappers(wrappers(json.get("additional_wrappers")));
        }
        return spec.withNondeterministic(flag(json, "nondeterministic", spec.nondeterministic()))
                .withOrderEnforce(flag(json, "order_enforce", spec.orderEnforce()))
                .withDisableEnvChecker(flag(json, "disable_env_checker", spec.disableEnvChecker()));
    }

    private static List<WrapperSpec> wrappers(@Nullable Object json) {
        List<WrapperSpec> wrappers = new ArrayList<>();
        for (Object element : Json.asList(json, "additional_wrappers")) {
            String place = "additional_wrappers[" + wrappers.size() + "]";
            Map<String, @Nullable Object> wrapper = Json.asObject(element, place);
            for (String key : wrapper.keySet()) {
                if (!key.equals("name") && !key.equals("config")) {
                    throw new IllegalArgumentException(
                            place + " has the unknown setting '" + key + "'. Known: name, config.");
                }
            }
            Object config = wrapper.get("config");
            wrappers.add(new WrapperSpec(
                    text(wrapper, "name"), config == null ? Map.of() : config(config, place + ".config")));
        }
        return wrappers;
    }

    @SuppressWarnings("NullAway") // a null element is dropped by the copy that the spec makes
    private static Map<String, Object> config(@Nullable Object json, String name) {
        return new LinkedHashMap<>(Json.asObject(json, name));
    }

    private static String text(Map<String, @Nullable Object> json, String key) {
        if (json.get(key) instanceof String text) {
            return text;
        }
        throw wrong(key, json.get(key), "a text");
    }

    private static boolean flag(Map<String, @Nullable Object> json, String key, boolean otherwise) {
        if (!json.containsKey(key)) {
            return otherwise;
        }
        if (json.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(key, json.get(key), "true or false");
    }

    private static IllegalArgumentException wrong(String key, @Nullable Object value, String rule) {
        return new IllegalArgumentException(
                "The setting '" + key + "' of the spec is " + value + ", but it must be " + rule + ".");
    }
}
