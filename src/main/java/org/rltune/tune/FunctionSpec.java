package org.rltune.tune;

import java.util.Set;
import java.util.TreeSet;
import org.rltune.check.Check;

/** A function as a kind of trainable; made by {@link Trainables#function}. */
public final class FunctionSpec implements TrainableSpec {
    private final String name;
    private final TrainableFunction function;
    private final Set<String> lateMetrics;

    FunctionSpec(String name, TrainableFunction function, Set<String> lateMetrics) {
        this.name = Check.notBlank("the name of a trainable", name);
        this.function = function;
        this.lateMetrics = lateMetrics;
    }

    /** Names metrics that the first reports may lack, as {@link TrainableSpec#lateMetrics} says. */
    public FunctionSpec withLateMetrics(String... names) {
        Set<String> all = new TreeSet<>(lateMetrics);
        all.addAll(Set.of(names));
        return new FunctionSpec(name, function, all);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Trainable create(TrialContext context) {
        return new FunctionTrainable(name, function, context);
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    public Set<String> lateMetrics() {
        return lateMetrics;
    }
}
