package org.rltune.space;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.rltune.check.Check;

/**
 * What restricts one draw from a space: a mask of allowed values, or a probability for each; never both in one.
 *
 * <p>{@link Discrete} takes {@link #of} (1 for each allowed value, else 0) or {@link #probability}; {@link MultiBinary} a
 * mask of 0, 1, or 2 for "either", or the probability of each 1; {@link MultiDiscrete}, {@link Tuple} and {@link OneOf}
 * take {@link #each}, {@link Dict} {@link #named}, {@link Text} {@link #text}, {@link Sequence} {@link #sequence} and
 * {@link Graph} {@link #graph}. Boxes take none.
 */
public sealed interface Mask {
    /** Which of the two a mask is. */
    enum Kind {
        /** It restricts nothing but lengths and counts. */
        NONE,
        /** It says which values are allowed. */
        MASK,
        /** It gives probabilities. */
        PROBABILITY
    }

    /** Which of the two it is. */
    Kind kind();

    /** Restricts nothing. */
    record None() implements Mask {
        private static final None INSTANCE = new None();

        @Override
        public Kind kind() {
            return Kind.NONE;
        }
    }

    /** Small whole numbers, one for each value or element. */
    record Flags(List<Integer> values) implements Mask {
        public Flags {
            values = List.copyOf(values);
        }

        @Override
        public Kind kind() {
            return Kind.MASK;
        }
    }

    /** Probabilities, one for each value or element. */
    record Weights(List<Double> values) implements Mask {
        public Weights {
            values = List.copyOf(values);
        }

        @Override
        public Kind kind() {
            return Kind.PROBABILITY;
        }
    }

    /** A mask for each part. */
    record Each(List<Mask> parts) implements Mask {
        public Each {
            parts = Parts.of("parts", parts, "a mask or Mask.none()");
            common(parts);
        }

        @Override
        public Kind kind() {
            return common(parts);
        }
    }

    /** A mask for each key. */
    record Named(Map<String, Mask> parts) implements Mask {
        public Named {
            parts = Parts.of("parts", parts, "a mask or Mask.none()");
            common(parts.values());
        }

        @Override
        public Kind kind() {
            return common(parts.values());
        }
    }

    /** A length, or none for a random one, and a mask for the characters. */
    record OfText(OptionalInt length, Mask characters) implements Mask {
        @Override
        public Kind kind() {
            return characters.kind();
        }
    }

    /** Lengths to choose from, or none for a geometric one, and a mask for each element. */
    record OfSequence(List<Integer> lengths, Mask element) implements Mask {
        public OfSequence {
            lengths = List.copyOf(lengths);
            lengths.forEach(length -> Check.atLeast("length", length, 0));
        }

        @Override
        public Kind kind() {
            return element.kind();
        }
    }

    /** The number of nodes, that of edges or none for a random one, and masks for both. */
    record OfGraph(int nodes, OptionalInt edges, Mask nodeMask, Mask edgeMask) implements Mask {
        public OfGraph {
            Check.positive("nodes", nodes);
            edges.ifPresent(count -> Check.atLeast("edges", count, 0));
            common(List.of(nodeMask, edgeMask));
        }

        @Override
        public Kind kind() {
            return common(List.of(nodeMask, edgeMask));
        }
    }

    /** Restricts nothing. */
    static Mask none() {
        return None.INSTANCE;
    }

    /** 1 for each allowed value and 0 for the others; for {@link MultiBinary} the bit, or 2 for either. */
    static Mask of(int... values) {
        return new Flags(Arrays.stream(values).boxed().toList());
    }

    /** A probability for each value, in all 1; for {@link MultiBinary} that of a 1, for each element. */
    static Mask probability(double... values) {
        return new Weights(Arrays.stream(values).boxed().toList());
    }

    /** A mask, or {@link #none()}, for each part or element. */
    static Mask each(Mask... parts) {
        return new Each(Arrays.asList(parts));
    }

    /** A mask, or {@link #none()}, for each key. */
    static Mask named(Map<String, Mask> parts) {
        return new Named(parts);
    }

    /** A random length, and a mask for the characters in the order of the character set. */
    static Mask text(Mask characters) {
        return new OfText(OptionalInt.empty(), characters);
    }

    /** A text of this length, and a mask for the characters in the order of the character set. */
    static Mask text(int length, Mask characters) {
        return new OfText(OptionalInt.of(length), characters);
    }

    /** A random length, and a mask for each element. */
    static Mask sequence(Mask element) {
        return new OfSequence(List.of(), element);
    }

    /** One of these lengths, all equally likely, and a mask for each element. */
    static Mask sequence(int[] lengths, Mask element) {
        Check.positive("lengths.length", lengths.length);
        return new OfSequence(Arrays.stream(lengths).boxed().toList(), element);
    }

    /** This many nodes and a random number of edges; one mask for each node, and one for every edge. */
    static Mask graph(int nodes, Mask nodeMask, Mask edgeMask) {
        return new OfGraph(nodes, OptionalInt.empty(), nodeMask, edgeMask);
    }

    /** This many nodes and edges, and a mask for each. */
    static Mask graph(int nodes, int edges, Mask nodeMask, Mask edgeMask) {
        return new OfGraph(nodes, OptionalInt.of(edges), nodeMask, edgeMask);
    }

    private static Kind common(Collection<Mask> parts) {
        Kind kind = Kind.NONE;
        for (Mask part : parts) {
            if (kind != Kind.NONE && part.kind() != Kind.NONE && part.kind() != kind) {
                throw new IllegalArgumentException("The parts of the mask are " + parts
                        + ", but one draw takes either masks or probabilities, never both. Make all of one kind.");
            }
            kind = part.kind() == Kind.NONE ? kind : part.kind();
        }
        return kind;
    }
}
