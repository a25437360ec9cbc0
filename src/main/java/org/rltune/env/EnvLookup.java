package org.rltune.env;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.rltune.check.Suggest;
import org.rltune.env.UnknownEnvException.Reason;

/** Says why an id is unknown, part by part as Gymnasium does, and which one was probably meant. */
final class EnvLookup {
    private static final int MAX_LISTED = 10;

    private final String text;
    private final EnvId wanted;
    private final List<EnvId> known; // sorted by version
    private final String notes;

    /**
     * Explains one id.
     *
     * @param known what is registered
     * @param notes sentences to append: broken plug-ins, and where else the id stands
     */
    EnvLookup(String text, EnvId wanted, Collection<EnvId> known, String notes) {
        this.text = text;
        this.wanted = wanted;
        this.known = known.stream().sorted(EnvId.BY_VERSION).toList();
        this.notes = notes;
    }

    /** The newest version of the name, if there is a versioned one. */
    static Optional<EnvId> newest(EnvId id, Collection<EnvId> known) {
        return known.stream()
                .filter(other -> other.versioned() && other.sameName(id))
                .max(EnvId.BY_VERSION);
    }

    UnknownEnvException unknown() {
        if (!wanted.namespace().isEmpty() && known.stream().noneMatch(this::sameNamespace)) {
            return noNamespace();
        }
        List<EnvId> versions = known.stream().filter(wanted::sameName).toList();
        return versions.isEmpty() ? noName() : noVersion(versions);
    }

    private boolean sameNamespace(EnvId id) {
        return id.namespace().equals(wanted.namespace());
    }

    private UnknownEnvException noNamespace() {
        List<String> namespaces =
                known.stream().map(EnvId::namespace).filter(n -> !n.isEmpty()).toList();
        String what = "the namespace '" + wanted.namespace() + "' is unknown.";
        Optional<String> nearest = Suggest.closest(wanted.namespace(), namespaces);
        if (nearest.isEmpty()) {
            return error(
                    Reason.NAMESPACE,
                    what + " Is the library that brings '" + wanted.namespace() + "' on the class path?" + elsewhere());
        }
        String namespace = nearest.get();
        return error(
                Reason.NAMESPACE,
                what
                        + nearestName(id -> id.namespace().equals(namespace))
                                .map(EnvLookup::meant)
                                .orElse(meant(namespace)));
    }

    private UnknownEnvException noName() {
        String where = wanted.namespace().isEmpty() ? "" : " in the namespace '" + wanted.namespace() + "'";
        String what = "there is no '" + wanted.name() + "'" + where + ".";
        return error(
                Reason.NAME,
                what + nearestName(this::sameNamespace).map(EnvLookup::meant).orElseGet(this::elsewhere));
    }

    private UnknownEnvException noVersion(List<EnvId> versions) {
        EnvId newest = versions.get(versions.size() - 1);
        if (!newest.versioned()) {
            return error(Reason.VERSION, "'" + wanted.stem() + "' has no versions." + meant(newest.toString()));
        }
        if (wanted.version() < newest.version()) {
            return error(
                    Reason.OLD_VERSION,
                    "version " + wanted.version() + " of '" + wanted.stem() + "' is no longer there. Use '" + newest
                            + "' instead.");
        }
        String list = versions.stream().map(id -> "v" + id.version()).collect(Collectors.joining(", "));
        return error(
                Reason.VERSION, "'" + wanted.stem() + "' has the versions " + list + "." + meant(newest.toString()));
    }

    /** The nearest name among these, with the wanted version if it has that, else with its newest. */
    private Optional<String> nearestName(Predicate<EnvId> among) {
        List<EnvId> ids = known.stream().filter(among).toList();
        return Suggest.closest(wanted.name(), ids.stream().map(EnvId::name).toList())
                .map(name -> best(ids.stream()
                                .filter(id -> id.name().equals(name))
                                .toList())
                        .toString());
    }

    private EnvId best(List<EnvId> versions) {
        return versions.stream()
                .filter(id -> id.version() == wanted.version())
                .findFirst()
                .orElse(versions.get(versions.size() - 1));
    }

    /** The nearest id of all, or else what there is. */
    private String elsewhere() {
        Optional<String> name = nearestName(id -> true);
        if (name.isPresent()) {
            return meant(name.get());
        }
        Optional<String> stem =
                Suggest.closest(wanted.stem(), known.stream().map(EnvId::stem).toList());
        if (stem.isPresent()) {
            return meant(best(known.stream()
                            .filter(id -> id.stem().equals(stem.get()))
                            .toList())
                    .toString());
        }
        if (known.isEmpty()) {
            return " Registered: none. Call Envs.register(id, creator), or put rltune-envs on the class path.";
        }
        List<String> ids = known.stream().map(EnvId::toString).sorted().toList();
        String more = ids.size() > MAX_LISTED ? " and " + (ids.size() - MAX_LISTED) + " more (Envs.list())" : "";
        return " Registered: " + String.join(", ", ids.subList(0, Math.min(MAX_LISTED, ids.size()))) + more + ".";
    }

    private static String meant(String id) {
        return " Did you mean '" + id + "'?";
    }

    private UnknownEnvException error(Reason reason, String what) {
        return new UnknownEnvException(reason, "No environment is registered as '" + text + "': " + what + notes);
    }
}
