package org.rltune.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * How a registered environment is called and made, as Gymnasium's {@code EnvSpec}. Immutable; the {@code with} methods
 * return changed copies. Equal when every setting and the creator are.
 *
 * <p>A changed copy need not be registered: {@code Envs.make(Envs.spec("CartPole-v1").withMaxEpisodeSteps(100))}.
 */
public final class EnvSpec {
    private final EnvId id;
    private final String text;
    private final Parts parts; // never changed after the constructor

    /** What can be set; a new setting needs one field here, one line in each of the two methods, and its accessors. */
    private static final class Parts {
        private EnvCreator creator;
        private int maxEpisodeSteps; // 0 for no limit
        private @Nullable Double rewardThreshold;
        private boolean nondeterministic;
        private boolean orderEnforce = true;
        private boolean disableEnvChecker;
        private @Nullable String deprecated;
        private @Nullable EnvConfigSchema schema;
        private Map<String, Object> config = Map.of();
        private List<WrapperSpec> wrappers = List.of();
        private @Nullable EnvBatchCreator vectorEntryPoint;

        Parts(EnvCreator creator) {
            this.creator = creator;
        }

        Parts copy() {
            Parts copy = new Parts(creator);
            copy.maxEpisodeSteps = maxEpisodeSteps;
            copy.rewardThreshold = rewardThreshold;
            copy.nondeterministic = nondeterministic;
            copy.orderEnforce = orderEnforce;
            copy.disableEnvChecker = disableEnvChecker;
            copy.deprecated = deprecated;
            copy.schema = schema;
            copy.config = config;
            copy.wrappers = wrappers;
            copy.vectorEntryPoint = vectorEntryPoint;
            return copy;
        }

        List<@Nullable Object> values() {
            List<@Nullable Object> values = new ArrayList<>(List.of(creator, maxEpisodeSteps, nondeterministic));
            values.addAll(List.of(orderEnforce, disableEnvChecker, config, wrappers));
            values.add(rewardThreshold);
            values.add(deprecated);
            values.add(schema);
            values.add(vectorEntryPoint);
            return values;
        }
    }

    private EnvSpec(String text, Parts parts) {
        this.id = EnvId.parse(text);
        this.text = text;
        this.parts = parts;
    }

    private EnvSpec with(Consumer<Parts> change) {
        Parts copy = parts.copy();
        change.accept(copy);
        return new EnvSpec(text, copy);
    }

    /**
     * A deterministic environment without a limit of steps.
     *
     * @param id {@code [namespace/]Name[-vN]}
     */
    public static EnvSpec of(String id, EnvCreator creator) {
        return new EnvSpec(id, new Parts(creator));
    }

    /**
     * The spec that {@link #toJson} wrote. The creator, the schema and whatever JSON cannot hold come from the
     * environment registered under {@code entry_point}; a setting that the JSON does not have is as registered there.
     *
     * @throws UnknownEnvException when nothing is registered under its entry point
     * @throws IllegalArgumentException when the text is no spec; the message names the setting
     */
    public static EnvSpec fromJson(String json) {
        return EnvSpecJson.read(json);
    }

    /** A copy whose episodes are truncated after this many steps, at least 1; -1 for no limit. */
    public EnvSpec withMaxEpisodeSteps(int steps) {
        if (steps == -1) {
            return withoutMaxEpisodeSteps();
        }
        Check.atLeast("maxEpisodeSteps", steps, 1);
        return with(copy -> copy.maxEpisodeSteps = steps);
    }

    /** A copy whose episodes end by the environment's own rules only. */
    public EnvSpec withoutMaxEpisodeSteps() {
        return with(copy -> copy.maxEpisodeSteps = 0);
    }

    /** A copy that counts as solved from this mean return on. */
    public EnvSpec withRewardThreshold(double threshold) {
        return with(copy -> copy.rewardThreshold = Check.finite("rewardThreshold", threshold));
    }

    EnvSpec withoutRewardThreshold() {
        return with(copy -> copy.rewardThreshold = null);
    }

    /** A copy for which the same seed and actions need not give the same episode. */
    public EnvSpec withNondeterministic(boolean flag) {
        return with(copy -> copy.nondeterministic = flag);
    }

    /** A copy whose steps before a reset and after an end are refused (the default), or are not. */
    public EnvSpec withOrderEnforce(boolean flag) {
        return with(copy -> copy.orderEnforce = flag);
    }

    /** A copy whose steps are not checked against the spaces, or are (the default). */
    public EnvSpec withDisableEnvChecker(boolean flag) {
        return with(copy -> copy.disableEnvChecker = flag);
    }

    /**
     * A copy that is made with a warning.
     *
     * @param hint what to use instead and why, such as {@code "Use Queue-v2: its reward is per second"}
     */
    public EnvSpec withDeprecated(String hint) {
        Check.notBlank("The hint of a deprecated environment", hint);
        return with(copy -> copy.deprecated = hint);
    }

    EnvSpec withoutDeprecated() {
        return with(copy -> copy.deprecated = null);
    }

    /** A copy whose config is checked and completed by this schema before the creator runs. */
    public EnvSpec withConfig(EnvConfigSchema schema) {
        schema.complete(parts.config);
        return with(copy -> copy.schema = schema);
    }

    /**
     * A copy with these settings where the caller of {@code make} gives no others, as Gymnasium's {@code kwargs}; they
     * stand above the defaults of the schema. Replaces earlier ones.
     */
    public EnvSpec withDefaultConfig(Map<String, Object> config) {
        Map<String, Object> plain = PlainValues.copy(config);
        if (parts.schema != null) {
            parts.schema.complete(plain);
        }
        return with(copy -> copy.config = plain);
    }

    /** A copy with these named wrappers, and no others, around the standard ones, the first one innermost. */
    public EnvSpec withAdditionalWrappers(List<WrapperSpec> wrappers) {
        return with(copy -> copy.wrappers = List.copyOf(wrappers));
    }

    /** A copy with one more named wrapper, outside the others. */
    public EnvSpec withWrapper(String name, Map<String, Object> config) {
        List<WrapperSpec> wrappers = new ArrayList<>(parts.wrappers);
        wrappers.add(new WrapperSpec(name, config));
        return withAdditionalWrappers(wrappers);
    }

    /**
     * A copy that can make many environments at once, as Gymnasium's {@code vector_entry_point}. They must behave like
     * those of the creator, bit for bit: rollout workers take them in their place.
     */
    public EnvSpec withVectorEntryPoint(EnvBatchCreator vectorEntryPoint) {
        return with(copy -> copy.vectorEntryPoint = vectorEntryPoint);
    }

    /** A copy under another id. */
    public EnvSpec withId(String newId) {
        return new EnvSpec(newId, parts);
    }

    /** The whole id, {@code [namespace/]Name[-vN]}. */
    public String id() {
        return text;
    }

    EnvId parsedId() {
        return id;
    }

    /** The part before the slash, empty where there is none. */
    public String namespace() {
        return id.namespace();
    }

    /** The name without namespace and version. */
    public String name() {
        return id.name();
    }

    /** The version, empty where the id has none. */
    public OptionalInt version() {
        return id.versioned() ? OptionalInt.of(id.version()) : OptionalInt.empty();
    }

    /** What makes the environment. */
    public EnvCreator creator() {
        return parts.creator;
    }

    /** Steps after which an episode is truncated, empty for no limit. */
    public OptionalInt maxEpisodeSteps() {
        return parts.maxEpisodeSteps == 0 ? OptionalInt.empty() : OptionalInt.of(parts.maxEpisodeSteps);
    }

    /** Mean return from which on the task counts as solved, empty where none is known. */
    public OptionalDouble rewardThreshold() {
        return parts.rewardThreshold == null ? OptionalDouble.empty() : OptionalDouble.of(parts.rewardThreshold);
    }

    /** Whether the same seed and actions may give different episodes. */
    public boolean nondeterministic() {
        return parts.nondeterministic;
    }

    /** Whether steps before a reset and after an end are refused. */
    public boolean orderEnforce() {
        return parts.orderEnforce;
    }

    /** Whether {@code make} leaves out the checker of every step. */
    public boolean disableEnvChecker() {
        return parts.disableEnvChecker;
    }

    /** What to use instead, where the environment should not be used any more. */
    public Optional<String> deprecated() {
        return Optional.ofNullable(parts.deprecated);
    }

    /** Which settings the config has; empty where the creator checks its config itself. */
    public Optional<EnvConfigSchema> configSchema() {
        return Optional.ofNullable(parts.schema);
    }

    /** The settings of this spec, without the defaults of the schema; immutable. */
    public Map<String, Object> defaultConfig() {
        return parts.config;
    }

    /** The named wrappers around the standard ones, the first one innermost. */
    public List<WrapperSpec> additionalWrappers() {
        return parts.wrappers;
    }

    /** What makes many environments at once, where there is something. */
    public Optional<EnvBatchCreator> vectorEntryPoint() {
        return Optional.ofNullable(parts.vectorEntryPoint);
    }

    /**
     * The whole config of an environment that is made with these settings: the caller's above those of this spec above
     * the defaults of the schema. A null of the caller stands for the schema's default.
     *
     * @throws IllegalArgumentException when the schema refuses it
     */
    Map<String, Object> completeConfig(Map<String, Object> given) {
        Map<String, Object> merged = new LinkedHashMap<>(parts.config);
        given.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        return parts.schema == null ? merged : parts.schema.complete(merged);
    }

    /**
     * The spec as JSON. The creator is named by the id that it is registered under, {@code entry_point}.
     *
     * @throws IllegalStateException when the creator is not registered, or a setting is nothing that JSON can hold
     */
    public String toJson() {
        return EnvSpecJson.write(this);
    }

    /** The settings that are not the usual ones, one on a line, as Gymnasium's {@code pprint}. */
    public String describe() {
        return EnvSpecText.of(this, false);
    }

    /** Every setting, one on a line. */
    public String describeAll() {
        return EnvSpecText.of(this, true);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EnvSpec spec
                && text.equals(spec.text)
                && parts.values().equals(spec.parts.values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, parts.values());
    }

    @Override
    public String toString() {
        return text;
    }
}
