package org.rltune.tune.space;

import java.util.List;

/** The rule that one number is at most as large as another, such as a minibatch as the batch it is taken from. */
record AtMost(String smaller, String larger) implements Constraint {
    AtMost {
        if (smaller.equals(larger)) {
            throw new IllegalArgumentException(
                    smaller + " <= " + larger + ": a rule must name two hyperparameters. Name another one.");
        }
    }

    @Override
    public List<String> names() {
        return List.of(smaller, larger);
    }

    @Override
    public boolean holds(HyperParams values) {
        return !values.contains(smaller)
                || !values.contains(larger)
                || Values.compare(Order.number(this, smaller, values), Order.number(this, larger, values)) <= 0;
    }

    @Override
    public HyperParams repair(HyperParams values, SearchSpace space) {
        return Order.repair(values, space, List.of(this));
    }

    @Override
    public String toString() {
        return smaller + " <= " + larger;
    }
}
