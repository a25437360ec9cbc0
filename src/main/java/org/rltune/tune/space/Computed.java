package org.rltune.tune.space;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Collectors;

/** Computes the values of {@code sampleFrom}, in whichever order they need each other. */
final class Computed {
    private Computed() {}

    static HyperParams of(SearchSpace space, HyperParams values, Collection<String> names) {
        Map<String, Domain.SampleFrom> open = new LinkedHashMap<>();
        space.domains().forEach((name, domain) -> {
            if (domain instanceof Domain.SampleFrom from && names.contains(name) && space.isActive(name, values)) {
                open.put(name, from);
            }
        });
        HyperParams result = values;
        while (!open.isEmpty()) {
            Map<String, String> waitsFor = new LinkedHashMap<>();
            boolean progress = false;
            for (Map.Entry<String, Domain.SampleFrom> entry : new LinkedHashMap<>(open).entrySet()) {
                String name = entry.getKey();
                try {
                    HyperParams visible = result.withPending(new LinkedHashSet<>(open.keySet()));
                    result = result.with(name, computed(name, entry.getValue(), visible));
                    open.remove(name);
                    progress = true;
                } catch (HyperParams.NotChosenYet wait) {
                    waitsFor.put(name, wait.name);
                }
            }
            if (!progress) {
                throw circle(waitsFor);
            }
        }
        return result;
    }

    private static Object computed(String name, Domain.SampleFrom from, HyperParams visible) {
        try {
            return Values.normal(name, from.function().apply(visible));
        } catch (HyperParams.NotChosenYet wait) {
            throw wait;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "sampleFrom of " + name + " failed for " + visible + ": " + e.getMessage()
                            + " Correct the function.",
                    e);
        }
    }

    private static IllegalArgumentException circle(Map<String, String> waitsFor) {
        String words = waitsFor.entrySet().stream()
                .map(wait -> wait.getKey() + " needs " + wait.getValue())
                .collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                "sampleFrom values wait for each other in a circle: " + words + ". Let one of them read other values.");
    }
}
