package org.rltune.experiments;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a record says about the machine: enough to judge its times, nothing that names the machine. */
public final class Machine {
    private Machine() {}

    /** Returns the facts by name. */
    public static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("max_heap_mib", Runtime.getRuntime().maxMemory() >> 20);
        facts.put("java_version", System.getProperty("java.version"));
        facts.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }
}
