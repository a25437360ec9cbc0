package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** A search space as JSON: names with paths, as it was taken apart. */
final class SpaceJson {
    private static final String CONDITIONS = "conditions";

    private SpaceJson() {}

    static Map<String, Object> write(SearchSpace space) {
        Map<String, Object> domains = new LinkedHashMap<>();
        space.domains().forEach((name, domain) -> domains.put(name, domain.toJson()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("domains", domains);
        json.put("constants", space.constants());
        json.put(
                "constraints",
                space.constraints().stream().map(Constraint::toString).toList());
        if (!space.conditions().isEmpty()) {
            Map<String, Object> conditions = new LinkedHashMap<>();
            space.conditions().forEach((name, condition) -> {
                Map<String, Object> pair = new LinkedHashMap<>();
                pair.put("name", condition.name());
                pair.put("value", condition.value());
                conditions.put(name, pair);
            });
            json.put(CONDITIONS, conditions);
        }
        return json;
    }

    static SearchSpace read(@Nullable Object json) {
        Map<String, @Nullable Object> space = Json.asObject(json, "the search space");
        Map<String, Condition> conditions = new LinkedHashMap<>();
        if (space.containsKey(CONDITIONS)) {
            Json.asObject(space.get(CONDITIONS), CONDITIONS).forEach((name, value) -> {
                Map<String, @Nullable Object> pair = Json.asObject(value, CONDITIONS + "/" + name);
                conditions.put(
                        name,
                        new Condition(
                                String.valueOf(pair.get("name")),
                                Values.normal(CONDITIONS + "/" + name, pair.get("value"))));
            });
        }
        Declarations declarations = new Declarations();
        // Constants first: one may be what a condition names.
        Json.asObject(space.get("constants"), "constants")
                .forEach((name, value) -> declarations.addTakenApart(
                        name, Values.normal("constants/" + name, value), conditions.get(name)));
        Json.asObject(space.get("domains"), "domains")
                .forEach((name, domain) -> declarations.addTakenApart(
                        name, DomainJson.read(domain, "domains/" + name), conditions.get(name)));
        List<Constraint> constraints = new ArrayList<>();
        Json.asList(space.get("constraints"), "constraints")
                .forEach(text -> constraints.add(Constraint.parse(String.valueOf(text))));
        return SearchSpace.of(declarations, constraints);
    }
}
