package org.rltune.nn.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Map;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Workspace;
import org.rltune.policy.NetworkSize;

/**
 * A DJL block with two outputs, policy and value, as actor-critic. The flat parameters are the truth; each workspace has a
 * copy of them in arrays of PyTorch, made anew when they may have changed.
 *
 * <p>State-independent log std are no business of the block: they stand after its parameters, and are copied to every row of
 * the last columns of the policy output.
 *
 * <p>DJL's gradient collector is one for the whole process. Here the recording of operations is switched on and off in each
 * thread, and the gradient asked for by the engine's own call, so that any number of trials and threads train side by side.
 *
 * <p>The block runs as in inference, in training too: a network that draws numbers or remembers batches has no place in PPO,
 * whose ratio compares two runs of it.
 *
 * <p>The same calls give the same bits on one machine. Unlike {@link org.rltune.nn.Mlp}, another number of rows in a call, and
 * so another cut of a batch into calls, may change the last bits of a row.
 */
final class DjlActorCritic implements ActorCritic {
    /** Images are so much work that more of them in a call gain nothing, and fewer let threads share a minibatch. */
    private static final int IMAGE_ROWS = 64;

    /** A call costs some 300 us beside its arithmetic, so that of vectors has many rows. */
    private static final int MOST_ROWS = 4096;

    /** With memory a call has room for whole sequences, for a border of calls cuts them. */
    private static final int REMEMBERED_IMAGE_ROWS = 512;

    /** Numbers in the largest input. */
    private static final int LARGEST_INPUT = 1 << 22;

    private final Block block;
    private final Shape row;
    private final NetworkSize size;
    private final Device device;
    private final Map<String, Object> description;
    private final ParameterTable table;
    private final float[] parameters;
    private final int cells;
    private final int cellSize;

    /**
     * Makes the network; all parameters are 0.
     *
     * @param block gives (rows, head outputs) and (rows, 1) or (rows)
     * @param row shape of a row of its input
     * @param table the block's parameters
     * @param description what {@link #describe} returns
     */
    DjlActorCritic(
            Block block,
            Shape row,
            ParameterTable table,
            NetworkSize size,
            Device device,
            Map<String, Object> description) {
        this.block = block;
        this.row = row;
        this.table = table;
        this.size = size;
        this.device = device;
        this.description = description;
        this.parameters = new float[Math.addExact(table.size(), size.logStds())];
        this.cells = block instanceof ActorCriticBlock heads ? heads.cells() : 0;
        this.cellSize = block instanceof ActorCriticBlock heads ? heads.cellSize() : 0;
    }

    /** Returns where the block's parameters stand. */
    ParameterTable table() {
        return table;
    }

    /** Sets the log std, which follow the block's parameters. */
    void logStds(double value) {
        Arrays.fill(parameters, table.size(), parameters.length, (float) value);
    }

    int headOutputs() {
        return size.headOutputs();
    }

    /** Returns the numbers of an observation, without what memory needs. */
    int features() {
        return size.features();
    }

    /** Returns the parts of a state: h and c of each cell, the policy's first. */
    int stateParts() {
        return 2 * cells;
    }

    /** Returns the numbers of each part of a state. */
    int cellSize() {
        return cellSize;
    }

    @Override
    public int observationSize() {
        return size.features() + memorySize();
    }

    @Override
    public int stateSize() {
        return stateParts() * cellSize;
    }

    @Override
    public int policyOutputs() {
        return size.policyOutputs();
    }

    @Override
    public int rowsPerCall() {
        if (row.dimension() > 1) {
            return stateSize() > 0 ? REMEMBERED_IMAGE_ROWS : IMAGE_ROWS;
        }
        return Math.min(MOST_ROWS, Math.max(IMAGE_ROWS, LARGEST_INPUT / size.features()));
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public Map<String, Object> describe() {
        return description;
    }

    @Override
    public Workspace workspace(int maxRows) {
        return new DjlWorkspace(this, table, device, maxRows);
    }

    @Override
    public void forward(Workspace w, float[] observations, int offset, int rows) {
        forward(w, observations, offset, rows, !w.forwardOnly);
    }

    @Override
    public void forwardPolicy(Workspace w, float[] observations, int offset, int rows) {
        forward(w, observations, offset, rows, false);
    }

    private void forward(Workspace w, float[] observations, int offset, int rows, boolean backwardMayFollow) {
        DjlWorkspace work = own(w);
        if (rows < 1 || rows > w.capacity) {
            throw new IllegalArgumentException("rows is " + rows + ", but it must lie in [1, " + w.capacity
                    + "], the capacity of the workspace. Make a larger workspace, or several calls.");
        }
        Torch.prepareThread();
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            work.upload(parameters);
            NDList inputs = work.begin(observations, offset, rows, row);
            JniUtils.setGradMode(backwardMayFollow);
            NDList outputs = block.forward(work.store, inputs, false);
            NDArray policy = outputs.get(0);
            NDArray joined = policy.concat(outputs.get(1).reshape(rows, 1), 1);
            NDArray all = joined;
            for (int part = 0; !w.sequences && part < stateParts(); part++) {
                all = all.concat(outputs.get(2 + part).reshape(rows, cellSize), 1);
            }
            read(all.toFloatArray(), rows, w);
            if (backwardMayFollow) {
                work.keep((PtNDArray) joined, rows);
            } else {
                work.end();
            }
        } finally {
            JniUtils.setGradMode(recording);
        }
    }

    private void read(float[] joined, int rows, Workspace w) {
        int heads = size.headOutputs();
        int columns = joined.length / rows;
        int states = columns - heads - 1;
        for (int i = 0; i < rows; i++) {
            int from = i * columns;
            for (int j = 0; j < heads; j++) {
                w.policy[j * w.capacity + i] = joined[from + j];
            }
            w.value[i] = joined[from + heads];
            System.arraycopy(joined, from + heads + 1, w.state, i * states, states);
        }
        for (int j = 0; j < size.logStds(); j++) {
            int column = (heads + j) * w.capacity;
            Arrays.fill(w.policy, column, column + rows, parameters[table.size() + j]);
        }
    }

    @Override
    public void backward(Workspace w, float[] observations, int offset, int rows) {
        DjlWorkspace work = own(w);
        if (rows != work.rows()) {
            throw new IllegalStateException("backward has " + rows + " rows, but the last forward had " + work.rows()
                    + ". Call forward on the same rows first.");
        }
        if (w.beginsGradient) {
            Arrays.fill(w.gradient, 0f);
        }
        Torch.prepareThread();
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            work.backward();
        } finally {
            JniUtils.setGradMode(recording);
        }
        for (int j = 0; j < size.logStds(); j++) {
            int column = (size.headOutputs() + j) * w.capacity;
            float sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += w.policyGradient[column + i];
            }
            w.gradient[table.size() + j] += sum;
        }
    }

    private DjlWorkspace own(Workspace w) {
        if (w instanceof DjlWorkspace work && work.owner == this) {
            return work;
        }
        throw new IllegalArgumentException(
                "The workspace belongs to another network. Use one that this network's workspace(maxRows) made.");
    }
}
