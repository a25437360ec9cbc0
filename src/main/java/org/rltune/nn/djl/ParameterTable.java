package org.rltune.nn.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each parameter of a block stands in the flat array, in the order in which the block lists them. */
final class ParameterTable {
    /**
     * A parameter.
     *
     * @param name as the block lists it
     * @param parameter DJL's, whose own array nobody reads
     * @param shape of its array
     * @param offset of its first number
     * @param size how many numbers it has
     * @param initializer what draws its first values, or null where they are given
     * @param given its first values, or null where they are drawn
     */
    record Entry(
            String name,
            Parameter parameter,
            Shape shape,
            int offset,
            int size,
            @Nullable Initializer initializer,
            float @Nullable [] given) {
        /** Whether training changes it. */
        boolean trainable() {
            return parameter.requiresGradient();
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private int size;

    private ParameterTable() {}

    /**
     * Lets a block work out the shapes of its parameters.
     *
     * @param row shape of a row of its input
     * @param most how many numbers there may be in all
     * @throws IllegalArgumentException if there are more; no array of that size has been made then
     */
    static ParameterTable of(Block block, Shape row, long most) {
        return of(block, row, most, new ParameterTable());
    }

    /** As {@link #of(Block, Shape, long)}, of a block of which a part has been looked at before. */
    static ParameterTable of(Block block, Shape row, long most, ParameterTable part) {
        Map<Parameter, @Nullable Initializer> initializers = new IdentityHashMap<>();
        Map<Parameter, float @Nullable []> given = new IdentityHashMap<>();
        double count = 0;
        for (Parameter parameter : block.getParameters().values()) {
            if (parameter.isInitialized()) {
                given.put(parameter, parameter.getArray().toFloatArray());
                count += parameter.getShape().size();
            } else if (parameter.getInitializer() != null) {
                initializers.put(parameter, parameter.getInitializer());
            }
        }
        for (Entry entry : part.entries) {
            initializers.put(entry.parameter(), entry.initializer());
            given.put(entry.parameter(), entry.given());
        }
        try (NDManager manager = Torch.manager(Torch.device(0))) {
            block.setInitializer(new Counting(most, count), parameter -> true);
            block.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(row));
            ParameterTable table = new ParameterTable();
            Map<Parameter, Boolean> seen = new IdentityHashMap<>();
            for (Pair<String, Parameter> pair : block.getParameters()) {
                Parameter parameter = pair.getValue();
                if (seen.put(parameter, true) == null) {
                    table.add(pair.getKey(), parameter, initializers.get(parameter), given.get(parameter));
                }
                if (given.get(parameter) == null) {
                    parameter.close(); // its array has no meaning, and ends with the manager
                }
            }
            return table;
        }
    }

    private void add(String name, Parameter parameter, @Nullable Initializer initializer, float @Nullable [] given) {
        int count = Math.toIntExact(parameter.getShape().size());
        entries.add(new Entry(name, parameter, parameter.getShape(), size, count, initializer, given));
        size = Math.addExact(size, count);
    }

    /** Counts instead of drawing: the block's own arrays are never read, so they need not have their size. */
    private static final class Counting implements Initializer {
        private final long most;
        private double count;

        Counting(long most, double count) {
            this.most = most;
            this.count = count;
            check();
        }

        private void check() {
            if (count > most) {
                throw new IllegalArgumentException("the network that it describes has more than " + most
                        + " weights, but no more are there. Take the description and the weights from one checkpoint.");
            }
        }

        @Override
        public NDArray initialize(NDManager manager, Shape shape, DataType type) {
            double product = 1;
            for (long side : shape.getShape()) {
                product *= side;
            }
            count += product;
            check();
            return manager.create(0f);
        }
    }

    /** Returns the parameters, in order. */
    List<Entry> entries() {
        return entries;
    }

    /** Returns how many numbers they have. */
    int size() {
        return size;
    }
}
