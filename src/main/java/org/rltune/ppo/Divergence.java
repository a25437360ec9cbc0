package org.rltune.ppo;

import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Mlp;
import org.rltune.nn.ParameterSegment;
import org.rltune.rollout.RolloutBatch;

/** Finds the first number that is not finite when training has diverged, so that the error names it. */
final class Divergence {
    private final String trialId;
    private final RolloutBatch batch;
    private final ActorCritic network;
    private final IntFunction<String> place;

    /** A column of the batch, so many numbers a row; those from {@code own} on are the state of a network with memory. */
    private record Column(String name, float[] values, int size, int own) {
        Column(String name, float[] values) {
            this(name, values, 1, 1);
        }

        String name(int j) {
            return j >= own ? "state[" + (j - own) + "]" : size > 1 ? name + "[" + j + "]" : name;
        }
    }

    Divergence(String trialId, RolloutBatch batch, ActorCritic network) {
        this(
                trialId,
                batch,
                network,
                row -> "environment " + row % batch.envs() + " at step " + row / batch.envs() + " of the batch");
    }

    /** As above, where rows of the batch are named in another way. */
    Divergence(String trialId, RolloutBatch batch, ActorCritic network, IntFunction<String> place) {
        this.trialId = trialId;
        this.batch = batch;
        this.network = network;
        this.place = place;
    }

    /**
     * Runs an update, after which every parameter is finite: no checkpoint holds a network that has diverged.
     *
     * @param iteration the iteration that it belongs to, from 1, for the error
     * @throws ArithmeticException if a number is not finite, with the name of the first one
     */
    <T> T checked(long iteration, Supplier<T> update) {
        try {
            T result = update.get();
            String wrong = wrongParameter();
            if (wrong == null) {
                return result;
            }
            throw new ArithmeticException("a step went too far");
        } catch (ArithmeticException e) {
            String first = firstInBatch();
            first = first == null ? wrongParameter() : first;
            ArithmeticException named = new ArithmeticException(trialId + ", iteration " + iteration
                    + ": training has diverged. "
                    + (first == null ? "The gradient is the first" : "The first number that is not finite is " + first)
                    + ". Lower lr, set grad_clip, or scale rewards and observations.");
            named.initCause(e);
            throw named;
        }
    }

    /** Looks through the columns in the order in which they were computed. */
    private @Nullable String firstInBatch() {
        int observed = batch.observationSize() - network.memorySize();
        List<Column> columns = List.of(
                new Column("observation", batch.observation, batch.observationSize(), observed),
                new Column("policy output", batch.policyInput, batch.policyInputs(), batch.policyInputs()),
                new Column("value", batch.value),
                new Column("logProb", batch.logProb),
                new Column("reward", batch.reward),
                new Column("nextValue", batch.nextValue),
                new Column("advantage", batch.advantage));
        return columns.stream()
                .map(this::wrongIn)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String wrongIn(Column column) {
        int size = column.size();
        for (int i = 0; i < batch.rows() * size; i++) {
            if (!Float.isFinite(column.values()[i])) {
                int row = i / size;
                return "the " + column.name(i % size) + " of " + place.apply(row) + ": " + column.values()[i];
            }
        }
        return null;
    }

    private @Nullable String wrongParameter() {
        float[] parameters = network.parameters();
        for (int i = 0; i < parameters.length; i++) {
            if (!Float.isFinite(parameters[i])) {
                return describe(i, parameters[i]);
            }
        }
        return null;
    }

    private String describe(int at, float value) {
        List<ParameterSegment> segments = network instanceof Mlp mlp ? mlp.segments() : List.of();
        for (ParameterSegment segment : segments) {
            if (at >= segment.offset() && at < segment.offset() + segment.size()) {
                return segment.name() + "[" + (at - segment.offset()) + "]: " + value;
            }
        }
        return "parameter " + at + ": " + value;
    }
}
