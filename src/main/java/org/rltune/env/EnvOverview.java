package org.rltune.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ids of a registry in readable lines: one block for each namespace, three ids on a line. */
final class EnvOverview {
    private static final int COLUMNS = 3;

    private EnvOverview() {}

    static String of(List<EnvSpec> specs) {
        TreeMap<String, List<String>> namespaces = new TreeMap<>();
        for (EnvSpec spec : specs) {
            namespaces
                    .computeIfAbsent(spec.namespace(), name -> new ArrayList<>())
                    .add(spec.id());
        }
        int width = specs.stream().mapToInt(spec -> spec.id().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<String>> block : namespaces.entrySet()) {
            text.append("===== ")
                    .append(block.getKey().isEmpty() ? "no namespace" : block.getKey())
                    .append(" =====\n");
            List<String> ids = block.getValue();
            for (int i = 0; i < ids.size(); i++) {
                boolean last = i % COLUMNS == COLUMNS - 1 || i == ids.size() - 1;
                text.append(ids.get(i))
                        .append(last ? "\n" : " ".repeat(width - ids.get(i).length() + 1));
            }
        }
        return text.toString();
    }
}
