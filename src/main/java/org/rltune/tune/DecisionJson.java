package org.rltune.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.space.HyperParams;

/**
 * Decisions as JSON values. Keys: {@code number}, {@code time} (in the scheduler's time attribute), {@code kind} (continue,
 * pause, stop, exploit or configure), {@code trial}, {@code trial_tag}, {@code trial_iteration}, {@code reason}, {@code lineage};
 * for an exploit also {@code donor}, {@code donor_tag}, {@code donor_iteration} and {@code donor_score} of the copied
 * checkpoint, {@code old_config} (the donor's, from which the new one was made); for both that and a configure {@code
 * new_config} and {@code changes}.
 */
public final class DecisionJson {
    private DecisionJson() {}

    /** Returns a decision as JSON values. */
    public static Map<String, Object> toJson(DecisionRecord record) {
        Decision decision = record.decision();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", record.number());
        json.put("time", record.time());
        json.put("kind", decision.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        json.put("trial", decision.trialId());
        json.put("trial_tag", record.targetTag());
        json.put("trial_iteration", record.targetIteration());
        if (decision instanceof Decision.Exploit exploit) {
            json.put("donor", exploit.donor().trialId());
            json.put("donor_tag", String.valueOf(record.donorTag()));
            json.put("donor_iteration", record.donorIteration());
            exploit.donor().score().ifPresent(score -> json.put("donor_score", score));
            json.put("old_config", exploit.donorConfig().asMap());
            json.put("new_config", exploit.explored().asMap());
            json.put("changes", exploit.changes());
        } else if (decision instanceof Decision.Configure configure) {
            json.put("new_config", configure.config().asMap());
            json.put("changes", configure.changes());
        }
        json.put("lineage", record.lineage());
        json.put("reason", decision.reason());
        return json;
    }

    /** Reads a decision back; the donor's checkpoint comes without its files. */
    public static DecisionRecord fromJson(Map<String, Object> json) {
        String trial = text(json, "trial");
        String reason = text(json, "reason");
        String kind = text(json, "kind");
        Decision decision = switch (kind) {
            case "continue" -> new Decision.Continue(trial, reason);
            case "pause" -> new Decision.Pause(trial, reason);
            case "stop" -> new Decision.Stop(trial, reason);
            case "exploit" -> exploit(json, trial, reason);
            case "configure" ->
                new Decision.Configure(
                        trial,
                        HyperParams.of(Json.asObject(json.get("new_config"), "new_config")),
                        changes(json),
                        reason);
            default ->
                throw new IllegalArgumentException(
                        "kind is \"" + kind + "\", but it must be continue, pause, stop, exploit or configure.");
        };
        boolean exploit = decision instanceof Decision.Exploit;
        return new DecisionRecord(
                Json.asInt(json.get("number"), "number"),
                Json.asDouble(json.get("time"), "time"),
                decision,
                text(json, "trial_tag"),
                exploit ? text(json, "donor_tag") : null,
                Json.asInt(json.get("trial_iteration"), "trial_iteration"),
                exploit ? Json.asInt(json.get("donor_iteration"), "donor_iteration") : -1,
                strings(json.get("lineage"), "lineage"));
    }

    /**
     * Returns what a decision, as JSON values, changes about how its trial goes on: whose checkpoint it takes over and with
     * which hyperparameters; empty for one that changes nothing.
     */
    static String order(Map<String, Object> json) {
        String kind = text(json, "kind");
        if (!kind.equals("exploit") && !kind.equals("configure")) {
            return "";
        }
        String donor = kind.equals("exploit") ? json.get("donor") + " " + json.get("donor_iteration") + " " : "";
        return kind + " " + donor + Json.write(new TreeMap<>(Json.asObject(json.get("new_config"), "new_config")));
    }

    private static Decision exploit(Map<String, Object> json, String trial, String reason) {
        Object score = json.get("donor_score");
        Checkpoint donor = new Checkpoint(
                text(json, "donor"),
                Json.asInt(json.get("donor_iteration"), "donor_iteration"),
                score == null ? OptionalDouble.empty() : OptionalDouble.of(Json.asDouble(score, "donor_score")),
                Map.of());
        return new Decision.Exploit(
                trial,
                donor,
                HyperParams.of(Json.asObject(json.get("old_config"), "old_config")),
                HyperParams.of(Json.asObject(json.get("new_config"), "new_config")),
                changes(json),
                reason);
    }

    private static Map<String, String> changes(Map<String, Object> json) {
        Map<String, String> changes = new LinkedHashMap<>();
        Json.asObject(json.get("changes"), "changes").forEach((name, how) -> changes.put(name, String.valueOf(how)));
        return changes;
    }

    private static String text(Map<String, Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is " + json.get(name) + ", but it must be a text.");
    }

    static List<String> strings(@Nullable Object value, String name) {
        List<String> texts = new ArrayList<>();
        Json.asList(value, name).forEach(item -> texts.add(String.valueOf(item)));
        return List.copyOf(texts);
    }
}
