package org.rltune.space;

import java.util.List;
import org.rltune.random.Pcg64;

/**
 * The generators that a space and its parts draw from.
 *
 * <p>In Gymnasium each space has a generator of its own. Here spaces are immutable, and a tree of generators, of the same
 * form as the space, is passed in. {@link SpaceSampler} makes it from a seed.
 */
public final class Streams {
    private final Pcg64 own;
    private final List<Streams> parts;
    private final boolean shared;

    private Streams(Pcg64 own, List<Streams> parts, boolean shared) {
        this.own = own;
        this.parts = parts;
        this.shared = shared;
    }

    /** One generator for a space and all its parts, which draw from it in their order. */
    public static Streams shared(Pcg64 random) {
        return new Streams(random, List.of(), true);
    }

    /** A generator for the space itself and one tree for each of its parts. */
    public static Streams of(Pcg64 own, List<Streams> parts) {
        return new Streams(own, List.copyOf(parts), false);
    }

    /** The generator of the space itself. */
    public Pcg64 own() {
        return own;
    }

    /** The generators of part i. */
    public Streams part(int i) {
        if (shared) {
            return this;
        }
        if (i < 0 || i >= parts.size()) {
            throw new IllegalArgumentException("There are generators for " + parts.size() + " parts, but part " + i
                    + " was asked for. Use the generators that were made for this space.");
        }
        return parts.get(i);
    }
}
