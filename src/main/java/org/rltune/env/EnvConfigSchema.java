package org.rltune.env;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rltune.check.Check;
import org.rltune.check.Suggest;

/**
 * Which settings the config of an environment (or of a named wrapper) has: their names, values, defaults and meaning.
 * Immutable.
 *
 * <pre>{@code
 * EnvConfigSchema.builder()
 *     .number("g", 10.0, "gravity in m/s2", 0, 100)
 *     .choice("map_name", "4x4", List.of("4x4", "8x8"), "the map")
 *     .build();
 * }</pre>
 *
 * <p>Attach it by {@link EnvSpec#withConfig}. The creator then finds every setting in its {@link EnvContext}, checked and
 * with its default: {@code context.number("g")}.
 */
public final class EnvConfigSchema {
    private static final EnvConfigSchema EMPTY = builder().build();

    private final Map<String, ConfigEntry> entries;

    private EnvConfigSchema(Map<String, ConfigEntry> entries) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** Starts a schema without settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** The schema of an environment that has no settings. */
    public static EnvConfigSchema empty() {
        return EMPTY;
    }

    /** The settings in the order of their declaration. */
    public List<ConfigEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The default of every setting that has one. */
    public Map<String, Object> defaults() {
        return complete(Map.of());
    }

    /**
     * Checks a config and fills in the defaults. A null stands for the default.
     *
     * @return every setting in the order of declaration: Boolean, Long, Double, String, list of Double, or what was
     *     given; immutable
     * @throws IllegalArgumentException for an unknown name, or a value of a wrong type or outside its range
     */
    public Map<String, Object> complete(Map<String, Object> config) {
        for (String key : config.keySet()) {
            if (!entries.containsKey(key)) {
                throw new IllegalArgumentException("Unknown env config '" + key + "'. Known: "
                        + (entries.isEmpty() ? "none" : String.join(", ", entries.keySet())) + "."
                        + Suggest.nearest(key, entries.keySet()));
            }
        }
        Map<String, Object> complete = new LinkedHashMap<>();
        for (ConfigEntry entry : entries.values()) {
            Object given = config.get(entry.name());
            if (given != null) {
                complete.put(entry.name(), entry.checked(given));
            } else if (entry.defaultValue() != null) {
                complete.put(entry.name(), entry.defaultValue());
            }
        }
        return Collections.unmodifiableMap(complete);
    }

    /** One line for each setting: its name, values, default and meaning. */
    public String help() {
        return entries.isEmpty()
                ? "no settings"
                : entries.values().stream().map(ConfigEntry::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvConfigSchema schema && entries().equals(schema.entries());
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.keySet().toString();
    }

    /** Declares settings in order. A default must itself be allowed; every setting needs a line of help. */
    public static final class Builder {
        private final Map<String, ConfigEntry> entries = new LinkedHashMap<>();

        private Builder() {}

        /** A setting that is true or false. */
        public Builder flag(String name, boolean defaultValue, String help) {
            return add(name, ConfigEntry.Kind.FLAG, defaultValue, help);
        }

        /** A whole number. */
        public Builder integer(String name, long defaultValue, String help) {
            return add(name, ConfigEntry.Kind.INTEGER, defaultValue, help);
        }

        /** A whole number from min to max; both are allowed. */
        public Builder integer(String name, long defaultValue, String help, long min, long max) {
            return add(new ConfigEntry(name, ConfigEntry.Kind.INTEGER, defaultValue, help, min, max, List.of()));
        }

        /** A finite number. */
        public Builder number(String name, double defaultValue, String help) {
            return add(name, ConfigEntry.Kind.NUMBER, defaultValue, help);
        }

        /** A finite number from min to max; both are allowed, and either may be infinite for no bound. */
        public Builder number(String name, double defaultValue, String help, double min, double max) {
            return add(new ConfigEntry(name, ConfigEntry.Kind.NUMBER, defaultValue, help, min, max, List.of()));
        }

        /** A text. */
        public Builder text(String name, String defaultValue, String help) {
            return add(name, ConfigEntry.Kind.TEXT, defaultValue, help);
        }

        /** One of these texts. */
        public Builder choice(String name, String defaultValue, List<String> options, String help) {
            Check.notEmpty("The options of '" + name + "'", options);
            return add(new ConfigEntry(
                    name,
                    ConfigEntry.Kind.CHOICE,
                    defaultValue,
                    help,
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    options));
        }

        /** A list of finite numbers. */
        public Builder numbers(String name, List<Double> defaultValue, String help) {
            return add(name, ConfigEntry.Kind.NUMBERS, defaultValue, help);
        }

        /** A list of finite numbers, each from min to max. */
        public Builder numbers(String name, List<Double> defaultValue, String help, double min, double max) {
            return add(new ConfigEntry(name, ConfigEntry.Kind.NUMBERS, defaultValue, help, min, max, List.of()));
        }

        /** Anything, not set by default; the environment reads it by {@link EnvContext#raw} and checks it itself. */
        public Builder any(String name, String help) {
            return add(new ConfigEntry(
                    name,
                    ConfigEntry.Kind.ANY,
                    null,
                    help,
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    List.of()));
        }

        /** The schema of what was declared so far. */
        public EnvConfigSchema build() {
            return new EnvConfigSchema(entries);
        }

        private Builder add(String name, ConfigEntry.Kind kind, Object defaultValue, String help) {
            return add(new ConfigEntry(
                    name, kind, defaultValue, help, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, List.of()));
        }

        private Builder add(ConfigEntry entry) {
            Check.notBlank("The name of an env config", entry.name());
            Check.notBlank("The help of env config '" + entry.name() + "'", entry.help());
            Object value = entry.defaultValue() == null ? null : entry.checked(entry.defaultValue());
            ConfigEntry checked = new ConfigEntry(
                    entry.name(), entry.kind(), value, entry.help(), entry.min(), entry.max(), entry.options());
            if (entries.put(entry.name(), checked) != null) {
                throw new IllegalArgumentException(
                        "Env config '" + entry.name() + "' is declared twice. Give each setting its own name.");
            }
            return this;
        }
    }
}
