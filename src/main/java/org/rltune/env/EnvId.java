package org.rltune.env;

import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An environment's id taken apart, {@code [namespace/]Name[-vN]}.
 *
 * @param namespace the part before the slash, empty where there is none
 * @param version the number after {@code -v}, -1 where there is none
 */
record EnvId(String namespace, String name, int version) {
    static final Comparator<EnvId> BY_VERSION = Comparator.comparingInt(EnvId::version);

    // Gymnasium's pattern.
    private static final Pattern ID =
            Pattern.compile("(?:(?<namespace>[\\w:-]+)/)?(?<name>[\\w:.-]+?)(?:-v(?<version>\\d{1,9}))?");

    static EnvId parse(String id) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + id
                    + "' is no environment id: it must read [namespace/]Name[-vN], such as CartPole-v1 or"
                    + " shop/Queue-v0, with letters, digits and _ : . - in the name");
        }
        String namespace = matcher.group("namespace");
        String version = matcher.group("version");
        return new EnvId(
                namespace == null ? "" : namespace,
                Objects.requireNonNull(matcher.group("name")),
                version == null ? -1 : Integer.parseInt(version));
    }

    boolean versioned() {
        return version >= 0;
    }

    /** Whether both are versions of one environment. */
    boolean sameName(EnvId other) {
        return namespace.equals(other.namespace) && name.equals(other.name);
    }

    /** The id without its version. */
    String stem() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
        return versioned() ? stem() + "-v" + version : stem();
    }
}
