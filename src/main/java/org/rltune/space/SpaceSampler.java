package org.rltune.space;

/**
 * Draws values from a space: the same sequence as Gymnasium's {@code sample()} after {@code seed(seed)}.
 *
 * <p>Not safe for use by more than one thread.
 *
 * @param <T> the type of the values
 */
public final class SpaceSampler<T> {
    private final Space<T> space;
    private final SeedTree seeds;
    private final Streams streams;

    private SpaceSampler(Space<T> space, Seeding seeding) {
        this.space = space;
        this.seeds = seeding.seeds();
        this.streams = seeding.streams();
    }

    /** Seeds the space, and by it all its parts: {@code space.seed(seed)}. The seed is at least 0. */
    public static <T> SpaceSampler<T> of(Space<T> space, long seed) {
        return new SpaceSampler<>(space, Seeding.of(space, SeedTree.of(seed)));
    }

    /** Seeds the parts one by one: {@code space.seed((1, 2))} or {@code space.seed({"a": 1, "b": 2})}. */
    public static <T> SpaceSampler<T> of(Space<T> space, SeedTree seeds) {
        return new SpaceSampler<>(space, Seeding.of(space, seeds));
    }

    /** The space. */
    public Space<T> space() {
        return space;
    }

    /** The seeds of all parts, as Gymnasium's {@code seed} returns them; seeding with them gives the same values. */
    public SeedTree seeds() {
        return seeds;
    }

    /** The next value. */
    public T sample() {
        return space.sample(streams, Mask.none());
    }

    /** The next value, among those that the mask allows or with the probabilities that it gives. */
    public T sample(Mask mask) {
        return space.sample(streams, mask);
    }
}
