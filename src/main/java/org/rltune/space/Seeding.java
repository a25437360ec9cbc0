package org.rltune.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rltune.random.Pcg64;

/** How a space and its parts are seeded: the generators, and the seeds of all parts, as Gymnasium gives them back. */
record Seeding(Streams streams, SeedTree seeds) {
    /** Seeds of parts are drawn from {@code integers(0, 2^31 - 1)}. */
    private static final long SEED_LIMIT = Integer.MAX_VALUE;

    static Seeding of(Space<?> space, SeedTree seeds) {
        if (space instanceof Tuple tuple) {
            return parts(space, tuple.spaces(), seeds, false);
        }
        if (space instanceof Dict dict) {
            return dict(dict, seeds);
        }
        if (space instanceof OneOf oneOf) {
            return parts(space, oneOf.spaces(), seeds, true);
        }
        if (space instanceof Sequence sequence) {
            return parts(space, List.of(sequence.space()), seeds, true);
        }
        if (space instanceof Graph graph) {
            return parts(space, graph.spaces(), seeds, true);
        }
        if (seeds instanceof SeedTree.One one) {
            return new Seeding(Streams.of(new Pcg64(one.seed()), List.of()), seeds);
        }
        throw new IllegalArgumentException(
                "The seeds " + seeds + " are for a space with parts, but " + space + " has none. Give it one number.");
    }

    /** @param self whether the space itself draws too; its seed then stands before those of the parts */
    private static Seeding parts(Space<?> space, List<? extends Space<?>> spaces, SeedTree seeds, boolean self) {
        List<SeedTree> given;
        if (seeds instanceof SeedTree.One one) {
            given = derived(one.seed(), spaces.size());
            if (self) {
                given.add(0, one);
            }
        } else if (seeds instanceof SeedTree.Parts each) {
            given = each.parts();
        } else {
            throw new IllegalArgumentException("The seeds " + seeds + " have names, but the parts of " + space
                    + " have none. Give them in a list.");
        }
        int first = self ? 1 : 0;
        if (given.size() != spaces.size() + first) {
            throw new IllegalArgumentException("There are " + given.size() + " seeds, but " + space + " needs "
                    + (spaces.size() + first) + (self ? " (its own and one for each part)" : " (one for each part)")
                    + ". Give that many.");
        }
        List<Streams> streams = new ArrayList<>();
        List<SeedTree> used = new ArrayList<>();
        for (int i = 0; i < spaces.size(); i++) {
            Seeding part = of(spaces.get(i), given.get(i + first));
            streams.add(part.streams);
            used.add(part.seeds);
        }
        // A Tuple never draws itself; its generator only has to be there.
        Pcg64 own = new Pcg64(0);
        if (self) {
            if (!(given.get(0) instanceof SeedTree.One one)) {
                throw new IllegalArgumentException("The first of the seeds " + seeds + " is that of " + space
                        + " itself, so it must be one number. Put a number there.");
            }
            own = new Pcg64(one.seed());
            used.add(0, one);
        }
        return new Seeding(Streams.of(own, streams), SeedTree.each(used));
    }

    private static Seeding dict(Dict dict, SeedTree seeds) {
        Map<String, SeedTree> given = new LinkedHashMap<>();
        List<String> keys = List.copyOf(dict.spaces().keySet());
        if (seeds instanceof SeedTree.One one) {
            List<SeedTree> derived = derived(one.seed(), keys.size());
            for (int i = 0; i < keys.size(); i++) {
                given.put(keys.get(i), derived.get(i));
            }
        } else if (seeds instanceof SeedTree.Named named) {
            given.putAll(named.parts());
        } else {
            throw new IllegalArgumentException("The seeds " + seeds + " have no names, but the parts of " + dict
                    + " have the keys " + keys + ". Give them in a map.");
        }
        if (!given.keySet().equals(dict.spaces().keySet())) {
            throw new IllegalArgumentException("The seeds have the keys " + given.keySet() + ", but the space has "
                    + keys + ". Give one seed for each key.");
        }
        List<Streams> streams = new ArrayList<>();
        Map<String, SeedTree> used = new LinkedHashMap<>();
        dict.spaces().forEach((key, space) -> {
            Seeding part = of(space, Objects.requireNonNull(given.get(key)));
            streams.add(part.streams);
            used.put(key, part.seeds);
        });
        return new Seeding(Streams.of(new Pcg64(0), streams), SeedTree.named(used));
    }

    private static List<SeedTree> derived(long seed, int count) {
        Pcg64 random = new Pcg64(seed);
        List<SeedTree> seeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seeds.add(SeedTree.of(random.integers(0, SEED_LIMIT)));
        }
        return seeds;
    }
}
