package org.rltune.nn.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.nn.Workspace;

/**
 * The arrays of one thread: its copy of the parameters, which a block finds through {@link #store}, and those of the step at
 * hand. On the processor the parameters' arrays are views of memory that Java writes; the native memory is given back when
 * the workspace is no longer reachable.
 *
 * <p>Every array of a step belongs to a manager of its own, which is closed with the step: that nothing leaks rests on it.
 */
final class DjlWorkspace extends Workspace {
    private static final Cleaner CLEANER = Cleaner.create();
    /** Bytes to which arrays are aligned, as PyTorch aligns its own: some kernels sum in another order where they are not. */
    private static final int ALIGNMENT = 64;

    final DjlActorCritic owner;
    final ParameterStore store;
    private final ParameterTable table;
    private final NDManager manager;
    private final PtNDArray[] values;
    private final ByteBuffer[] memory;
    private final float[] copy;
    private final ByteBuffer input;
    private final ByteBuffer outputGradient;
    /** The states that sequences begin with, one buffer for each part. */
    private final ByteBuffer[] states;

    private final SequencePlan plan = new SequencePlan();
    private long uploaded;
    private @Nullable NDManager step;
    private @Nullable PtNDArray outputs;
    /** Rows of the last forward that a backward may follow; 0 for none. */
    private int rows;

    DjlWorkspace(DjlActorCritic owner, ParameterTable table, Device device, int capacity) {
        super(capacity, owner.policyOutputs(), owner.parameters().length, new float[capacity * owner.stateSize()]);
        this.owner = owner;
        this.table = table;
        manager = Torch.manager(device);
        CLEANER.register(this, manager::close);
        int count = table.entries().size();
        values = new PtNDArray[count];
        memory = new ByteBuffer[count];
        int largest = 0;
        Map<Parameter, NDArray> known = new IdentityHashMap<>();
        for (int i = 0; i < count; i++) {
            ParameterTable.Entry entry = table.entries().get(i);
            memory[i] = floats(entry.size());
            values[i] = (PtNDArray) manager.create(memory[i], entry.shape(), DataType.FLOAT32);
            values[i].setRequiresGradient(entry.trainable());
            known.put(entry.parameter(), values[i]);
            largest = Math.max(largest, entry.size());
        }
        copy = new float[largest];
        store = new Store(manager, known);
        input = floats(Math.multiplyExact(capacity, owner.features()));
        states = new ByteBuffer[owner.stateParts()];
        Arrays.setAll(states, part -> floats(Math.multiplyExact(capacity, owner.cellSize())));
        outputGradient = floats(capacity * (owner.headOutputs() + 1));
    }

    /** Gives a block this workspace's arrays. */
    private static final class Store extends ParameterStore {
        private final Map<Parameter, NDArray> known;

        Store(NDManager manager, Map<Parameter, NDArray> known) {
            super(manager, false);
            this.known = known;
        }

        @Override
        @SuppressWarnings("NullAway") // DJL's blocks ask for optional parameters that they do not have
        public @Nullable NDArray getValue(@Nullable Parameter parameter, Device device, boolean training) {
            return parameter == null ? null : known.get(parameter);
        }
    }

    private static ByteBuffer floats(int count) {
        int bytes = Math.multiplyExact(count, Float.BYTES);
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.addExact(bytes, ALIGNMENT));
        int first = (ALIGNMENT - buffer.alignmentOffset(0, ALIGNMENT)) % ALIGNMENT;
        return buffer.slice(first, bytes).order(ByteOrder.nativeOrder());
    }

    /** Copies the parameters, unless those that stand here are of the same version. */
    void upload(float[] parameters) {
        if (parametersVersion != 0 && parametersVersion == uploaded) {
            return;
        }
        uploaded = parametersVersion;
        for (int i = 0; i < values.length; i++) {
            ParameterTable.Entry entry = table.entries().get(i);
            memory[i].asFloatBuffer().put(parameters, entry.offset(), entry.size());
            if (values[i].getDevice().isGpu()) {
                try (NDArray fresh = manager.create(memory[i], entry.shape(), DataType.FLOAT32)) {
                    fresh.copyTo(values[i]);
                }
            }
        }
    }

    /** Ends the step at hand and begins one; returns the inputs of the block. */
    NDList begin(float[] observations, int offset, int rowCount, Shape row) {
        end();
        NDManager own = manager.newSubManager();
        step = own;
        int features = owner.features();
        int rowSize = owner.observationSize();
        FloatBuffer into = input.asFloatBuffer();
        if (rowSize == features) {
            into.put(observations, offset, rowCount * features);
        } else {
            for (int i = 0; i < rowCount; i++) {
                into.put(observations, offset + i * rowSize, features);
            }
        }
        NDList inputs = new NDList(
                own.create(part(input, rowCount * features), new Shape(rowCount).addAll(row), DataType.FLOAT32));
        if (states.length > 0) {
            addMemory(own, observations, offset, rowCount, inputs);
        }
        return inputs;
    }

    /** Adds the states that sequences begin with, and where the rows lie if sequences differ in length. */
    private void addMemory(NDManager own, float[] observations, int offset, int rowCount, NDList inputs) {
        int rowSize = owner.observationSize();
        int cell = owner.cellSize();
        plan.lay(observations, offset, rowSize, rowCount, sequences);
        for (int k = 0; k < states.length; k++) {
            FloatBuffer into = states[k].asFloatBuffer();
            for (int s = 0; s < plan.count(); s++) {
                into.put(observations, offset + plan.first(s) * rowSize + owner.features() + k * cell, cell);
            }
            Shape shape = new Shape(1, plan.count(), cell);
            inputs.add(own.create(part(states[k], plan.count() * cell), shape, DataType.FLOAT32));
        }
        if (!plan.even()) {
            inputs.add(own.create(plan.rowOfPlace()));
            inputs.add(own.create(plan.placeOfRow()));
        }
    }

    private static ByteBuffer part(ByteBuffer buffer, int floats) {
        return buffer.slice(0, floats * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /** Keeps what a backward needs. */
    void keep(PtNDArray joined, int rowCount) {
        outputs = joined;
        rows = rowCount;
    }

    /** Returns the rows that a backward may have. */
    int rows() {
        return rows;
    }

    /** Gives back all arrays of the step at hand. */
    void end() {
        rows = 0;
        outputs = null;
        if (step != null) {
            step.close();
            step = null;
        }
        // What a block makes out of a parameter alone belongs to the parameter's manager.
        if (manager.getManagedArrays().size() > values.length) {
            closeStrays();
        }
    }

    private void closeStrays() {
        Map<NDArray, Boolean> ours = new IdentityHashMap<>();
        for (NDArray value : values) {
            ours.put(value, true);
        }
        for (NDArray array : manager.getManagedArrays()) {
            if (!ours.containsKey(array)) {
                array.close();
            }
        }
    }

    /** Goes back from the kept outputs, and adds the gradient of the parameters to {@link #gradient}. */
    void backward() {
        NDManager own = step;
        PtNDArray joined = outputs;
        if (own == null || joined == null) {
            throw new IllegalStateException(
                    "There is no forward to go back from. Call forward on the same rows first.");
        }
        int columns = owner.headOutputs();
        FloatBuffer seed = outputGradient.asFloatBuffer();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                seed.put(i * (columns + 1) + j, policyGradient[j * capacity + i]);
            }
            seed.put(i * (columns + 1) + columns, valueGradient[i]);
        }
        int size = rows * (columns + 1);
        PtNDArray given =
                (PtNDArray) own.create(part(outputGradient, size), new Shape(rows, columns + 1L), DataType.FLOAT32);
        try {
            JniUtils.backward(joined, given, false, false);
            for (int i = 0; i < values.length; i++) {
                addGradient(own, i);
            }
        } finally {
            clearGradients(own);
            end();
        }
    }

    private void addGradient(NDManager own, int i) {
        ParameterTable.Entry entry = table.entries().get(i);
        PtNDArray computed = entry.trainable() ? JniUtils.getGradient(values[i]) : null;
        if (computed == null) {
            return; // no output depends on it
        }
        computed.attach(own);
        NDArray here = computed.toDevice(Device.cpu(), false);
        here.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().get(copy, 0, entry.size());
        int offset = entry.offset();
        for (int j = 0; j < entry.size(); j++) {
            gradient[offset + j] += copy[j];
        }
    }

    private void clearGradients(NDManager own) {
        for (int i = 0; i < values.length; i++) {
            PtNDArray computed = table.entries().get(i).trainable() ? JniUtils.getGradient(values[i]) : null;
            if (computed != null) {
                computed.attach(own);
                JniUtils.zeroGrad(values[i]);
            }
        }
    }

    /** Returns how many arrays are held; for tests. */
    int arrays() {
        return manager.getManagedArrays().size()
                + (step == null ? 0 : step.getManagedArrays().size());
    }
}
