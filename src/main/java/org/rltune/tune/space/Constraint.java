package org.rltune.tune.space;

import java.util.List;

/** A rule between hyperparameters that is declared once and holds after sampling and after every mutation. */
public sealed interface Constraint permits AtMost {
    /** Returns the names of the hyperparameters that the rule is about. */
    List<String> names();

    /** Returns whether the values obey the rule; a rule over a name that is absent holds. */
    boolean holds(HyperParams values);

    /**
     * Returns values that obey the rule, changed as little as possible and inside their domains.
     *
     * @throws IllegalArgumentException if no such values exist
     */
    HyperParams repair(HyperParams values, SearchSpace space);

    /** Returns the rule in words, such as {@code sgd_minibatch_size <= train_batch_size}. */
    @Override
    String toString();

    /**
     * Returns the rule that a text states, such as {@code sgd_minibatch_size <= train_batch_size}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Constraint parse(String text) {
        String[] names = text.split("<=", -1);
        if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
            throw new IllegalArgumentException("The constraint is '" + text
                    + "', but it must name two hyperparameters. Maybe 'sgd_minibatch_size <= train_batch_size'?");
        }
        return atMost(names[0].strip(), names[1].strip());
    }

    /** Returns the rule {@code smaller <= larger}; repaired by lowering the first, or else by raising the second. */
    static Constraint atMost(String smaller, String larger) {
        return new AtMost(smaller, larger);
    }
}
