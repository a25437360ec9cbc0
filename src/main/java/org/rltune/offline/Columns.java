package org.rltune.offline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rltune.env.FlatActions;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;

/** The columns of a folder of trajectories, in the order in which they are written. */
final class Columns {
    static final String OBS = "obs";
    static final String NEW_OBS = "new_obs";
    static final String ACTIONS = "actions";
    static final String RAW_ACTIONS = "raw_actions";
    static final String REWARDS = "rewards";
    static final String TERMINATEDS = "terminateds";
    static final String TRUNCATEDS = "truncateds";
    static final String ACTION_LOGP = "action_logp";
    static final String VF_PREDS = "vf_preds";
    static final String EPS_ID = "eps_id";
    static final String T = "t";
    static final String ITERATION = "training_iteration";
    static final String ENV_ID = "env_id";
    static final String EPISODE_SEED = "episode_seed";
    private static final int[] SCALAR = {};

    private Columns() {}

    static List<Column> of(TrajectoryInfo info) {
        Space<?> seen = info.observationSpace();
        NpyType seenType = seen instanceof ArrayBox<?> array && array.dtype().equals(DType.UINT8)
                ? NpyType.UINT8
                : NpyType.FLOAT32;
        int[] seenShape = shape(seen, info.observationSize());
        List<Column> columns = new ArrayList<>();
        columns.add(longs(EPS_ID, "number of the episode", f -> repeat(f, f.episodeId)));
        columns.add(longs(T, "number of the step in its episode, from 0", Columns::steps));
        columns.add(longs(ITERATION, "the trial's own iteration", f -> repeat(f, f.iteration)));
        columns.add(longs(ENV_ID, "number of the environment over all workers", f -> repeat(f, f.env)));
        columns.add(longs(EPISODE_SEED, "what the episode was reset with", f -> repeat(f, f.episodeSeed)));
        columns.add(
                new Column(OBS, seenType, seenShape, "observation stepped from, without filter", f -> f.observation));
        columns.add(actions(info));
        columns.add(new Column(
                RAW_ACTIONS,
                NpyType.FLOAT32,
                new int[] {info.rawActionSize()},
                "action as drawn from the policy, before scaling and clipping",
                f -> f.rawAction));
        columns.add(new Column(REWARDS, NpyType.FLOAT64, SCALAR, "reward, not scaled", f -> f.reward));
        columns.add(new Column(TERMINATEDS, NpyType.BOOL, SCALAR, "the task ended here", f -> f.terminated));
        columns.add(new Column(TRUNCATEDS, NpyType.BOOL, SCALAR, "a limit cut the episode here", f -> f.truncated));
        columns.add(
                new Column(ACTION_LOGP, NpyType.FLOAT32, SCALAR, "log-probability of the raw action", f -> f.logProb));
        columns.add(new Column(VF_PREDS, NpyType.FLOAT32, SCALAR, "value of obs", f -> f.value));
        columns.add(new Column(NEW_OBS, seenType, seenShape, "observation that the step gave", f -> f.nextObservation));
        return columns;
    }

    static List<Map<String, Object>> describe(TrajectoryInfo info) {
        return of(info).stream().map(Column::describe).toList();
    }

    private static Column longs(String name, String doc, Function<Fragment, Object> of) {
        return new Column(name, NpyType.INT64, SCALAR, doc, of);
    }

    private static Column actions(TrajectoryInfo info) {
        Space<?> space = info.actionSpace();
        String doc = "action as the environment got it";
        boolean indices = space instanceof Discrete || space instanceof MultiDiscrete || space instanceof MultiBinary;
        int[] shape = space instanceof Discrete ? SCALAR : shape(space, info.actionSize());
        return indices
                ? new Column(ACTIONS, NpyType.INT64, shape, doc, f -> shifted(f.action, starts(space)))
                : new Column(ACTIONS, NpyType.FLOAT32, shape, doc, f -> f.action);
    }

    /** What is added to the indices of an action, which count from 0; empty for other actions. */
    static long[] starts(Space<?> space) {
        if (space instanceof Discrete discrete) {
            return new long[] {discrete.start()};
        }
        if (space instanceof MultiDiscrete multi) {
            return Arrays.stream(multi.start()).asLongStream().toArray();
        }
        return space instanceof MultiBinary ? new long[FlatActions.of(space).size()] : new long[0];
    }

    private static long[] shifted(float[] indices, long[] starts) {
        long[] values = new long[indices.length];
        Arrays.setAll(values, i -> (long) indices[i] + starts[i % starts.length]);
        return values;
    }

    private static int[] shape(Space<?> space, int size) {
        if (space instanceof Box box) {
            return box.shape();
        }
        if (space instanceof ArrayBox<?> array) {
            return array.shape();
        }
        if (space instanceof MultiDiscrete multi) {
            return multi.shape();
        }
        return space instanceof MultiBinary binary ? binary.shape() : new int[] {size};
    }

    private static long[] repeat(Fragment fragment, long value) {
        long[] column = new long[fragment.rows];
        Arrays.fill(column, value);
        return column;
    }

    private static long[] steps(Fragment fragment) {
        long[] column = new long[fragment.rows];
        Arrays.setAll(column, row -> fragment.firstStep + row);
        return column;
    }
}
