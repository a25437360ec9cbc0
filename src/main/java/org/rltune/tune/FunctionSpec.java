package org.rltune.tune;

import java.nio.file.Path;
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

    /**
     * Returns what the function reported as the checkpoint that lies in a folder.
     *
     * @param folder such as {@link ExperimentAnalysis#bestCheckpoint} returns
     * @throws IllegalArgumentException if it is damaged, or the function had reported no checkpoint yet
     */
    public static byte[] readCheckpoint(Path folder) {
        byte[] content = CheckpointFolder.read(folder).get(FunctionTrainable.CHECKPOINT);
        if (content == null) {
            throw new IllegalArgumentException(folder + " holds no " + FunctionTrainable.CHECKPOINT
                    + ": it is of no function, or of one that had not called session.report(metrics, checkpoint) yet."
                    + " Name another checkpoint.");
        }
        return content;
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
