package org.rltune.env;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/** How a registered environment is called and made. Immutable; the {@code with} methods return changed copies. */
public final class EnvSpec {
    // Gymnasium's pattern: [namespace/]Name[-vN].
    private static final Pattern ID =
            Pattern.compile("(?:(?<namespace>[\\w:-]+)/)?(?<name>[\\w:.-]+?)(?:-v(?<version>\\d{1,9}))?");

    private final String id;
    private final @Nullable String namespace;
    private final String name;
    private final int version;
    private final EnvCreator creator;
    private final int maxEpisodeSteps;
    private final @Nullable Double rewardThreshold;
    private final boolean nondeterministic;

    private EnvSpec(
            String id,
            EnvCreator creator,
            int maxEpisodeSteps,
            @Nullable Double rewardThreshold,
            boolean nondeterministic) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + id
                    + "' is no environment id: it must read [namespace/]Name[-vN], such as CartPole-v1 or"
                    + " shop/Queue-v0, with letters, digits and _ : . - in the name");
        }
        this.id = id;
        this.namespace = matcher.group("namespace");
        this.name = Objects.requireNonNull(matcher.group("name"));
        String digits = matcher.group("version");
        this.version = digits == null ? -1 : Integer.parseInt(digits);
        this.creator = creator;
        this.maxEpisodeSteps = maxEpisodeSteps;
        this.rewardThreshold = rewardThreshold;
        this.nondeterministic = nondeterministic;
    }

    /**
     * A deterministic environment without a limit of steps.
     *
     * @param id {@code [namespace/]Name[-vN]}
     */
    public static EnvSpec of(String id, EnvCreator creator) {
        return new EnvSpec(id, creator, 0, null, false);
    }

    /** A copy whose episodes are truncated after this many steps, at least 1. */
    public EnvSpec withMaxEpisodeSteps(int steps) {
        Check.atLeast("maxEpisodeSteps", steps, 1);
        return new EnvSpec(id, creator, steps, rewardThreshold, nondeterministic);
    }

    /** A copy whose episodes end by the environment's own rules only. */
    public EnvSpec withoutMaxEpisodeSteps() {
        return new EnvSpec(id, creator, 0, rewardThreshold, nondeterministic);
    }

    /** A copy that counts as solved from this mean return on. */
    public EnvSpec withRewardThreshold(double threshold) {
        return new EnvSpec(id, creator, maxEpisodeSteps, threshold, nondeterministic);
    }

    /** A copy for which the same seed and actions need not give the same episode. */
    public EnvSpec withNondeterministic(boolean flag) {
        return new EnvSpec(id, creator, maxEpisodeSteps, rewardThreshold, flag);
    }

    /** A copy under another id. */
    public EnvSpec withId(String newId) {
        return new EnvSpec(newId, creator, maxEpisodeSteps, rewardThreshold, nondeterministic);
    }

    /** The whole id, {@code [namespace/]Name[-vN]}. */
    public String id() {
        return id;
    }

    /** The part before the slash, empty where there is none. */
    public String namespace() {
        return namespace == null ? "" : namespace;
    }

    /** The name without namespace and version. */
    public String name() {
        return name;
    }

    /** The version, empty where the id has none. */
    public OptionalInt version() {
        return version < 0 ? OptionalInt.empty() : OptionalInt.of(version);
    }

    /** What makes the environment. */
    public EnvCreator creator() {
        return creator;
    }

    /** Steps after which an episode is truncated, empty for no limit. */
    public OptionalInt maxEpisodeSteps() {
        return maxEpisodeSteps == 0 ? OptionalInt.empty() : OptionalInt.of(maxEpisodeSteps);
    }

    /** Mean return from which on the task counts as solved, empty where none is known. */
    public OptionalDouble rewardThreshold() {
        return rewardThreshold == null ? OptionalDouble.empty() : OptionalDouble.of(rewardThreshold);
    }

    /** Whether the same seed and actions may give different episodes. */
    public boolean nondeterministic() {
        return nondeterministic;
    }

    @Override
    public String toString() {
        return id;
    }
}
