package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.random.Pcg64;

/**
 * A choice whose options bring hyperparameters of their own. A search space takes it apart: the choice keeps the name, and
 * what an option brings stands beside it, under a {@link Condition}. By itself it behaves as the choice.
 *
 * @param branches option to name to domain, constant, or nested config
 */
record Conditional(Choice choice, Map<Object, Map<String, Object>> branches) implements Domain {
    static Conditional of(Map<?, ? extends Map<String, ?>> options) {
        Map<Object, Map<String, Object>> branches = new LinkedHashMap<>();
        Values.orderedByText(options).forEach((option, branch) -> {
            String path = "conditional(...)[" + branches.size() + "]";
            if (branch == null) {
                throw new IllegalArgumentException(
                        path + " brings null, but must bring a map of hyperparameters. Give an"
                                + " empty map where there are none.");
            }
            branches.put(
                    Values.normal(path, option),
                    Collections.unmodifiableMap(new LinkedHashMap<>(Values.ordered(branch))));
        });
        List<Object> names = Options.checked("conditional", new ArrayList<>(branches.keySet()));
        return new Conditional(new Choice(names), Collections.unmodifiableMap(branches));
    }

    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return choice.sample(random, chosenSoFar);
    }

    @Override
    public boolean contains(Object value) {
        return choice.contains(value);
    }

    @Override
    public Object clamp(Object value) {
        return choice.clamp(value);
    }

    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        return choice.perturb(value, factor, random);
    }

    @Override
    public List<Object> extremes() {
        return choice.extremes();
    }

    @Override
    public Object toJson() {
        List<Object> options = new ArrayList<>();
        branches.forEach((option, branch) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("value", option);
            json.put("space", DomainJson.config(branch));
            options.add(json);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("domain", "conditional");
        json.put("options", options);
        return json;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("conditional(");
        branches.forEach((option, branch) -> text.append(text.length() > 12 ? ", " : "")
                .append(Values.text(option))
                .append(": ")
                .append(branch));
        return text.append(')').toString();
    }
}
