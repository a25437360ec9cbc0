package org.rltune.envs;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.rltune.check.Check;
import org.rltune.env.EnvContext;
import org.rltune.env.SeededBatch;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;

/** Many {@link MountainCarContinuous}s, whose states lie in arrays; the same bits. */
final class MountainCarContinuousBatch extends SeededBatch {
    private static final Options.Bounds START = new Options.Bounds(MountainCar.START_LOW, MountainCar.START_HIGH);

    private final MountainCarTask own;
    private final MountainCarTask[] next;
    private final MountainCarTask[] task; // of the running episode
    private final double[] position;
    private final double[] velocity;
    private final boolean[] first; // step of the episode

    private MountainCarContinuousBatch(int numEnvs, double goalVelocity) {
        super(numEnvs, MountainCarContinuous.OBSERVATIONS, MountainCarContinuous.ACTIONS);
        own = new MountainCarTask(MountainCarContinuous.GOAL_POSITION, Check.finite("goal_velocity", goalVelocity));
        next = new MountainCarTask[numEnvs];
        task = new MountainCarTask[numEnvs];
        Arrays.fill(next, own);
        Arrays.fill(task, own);
        position = new double[numEnvs];
        velocity = new double[numEnvs];
        first = new boolean[numEnvs];
    }

    static MountainCarContinuousBatch create(EnvContext context, int numEnvs) {
        return new MountainCarContinuousBatch(numEnvs, context.number("goal_velocity"));
    }

    @Override
    public Optional<Object> task(int e) {
        return Optional.of(next[e].plain());
    }

    @Override
    public void setTask(int e, Object map) {
        next[e] = MountainCarTask.of(map, own);
    }

    @Override
    protected void start(int e, Pcg64 random, Map<String, Object> options, float[] observation) {
        Options.Bounds bounds = Options.bounds(options, START);
        task[e] = next[e];
        position[e] = random.uniform(bounds.low(), bounds.high());
        velocity[e] = 0;
        first[e] = true;
        observe(e, observation);
    }

    @Override
    public void step(int from, int to, float[] action, VectorStep out) {
        for (int e = from; e < to; e++) {
            boolean terminated = first[e] ? firstStep(e, action[e]) : laterStep(e, action[e]);
            out.terminated[e] = terminated;
            out.reward[e] = MountainCarContinuous.reward(terminated, action[e]);
            observe(e, out.observation);
        }
        Arrays.fill(out.truncated, from, to, false);
    }

    private boolean firstStep(int e, float action) {
        first[e] = false;
        double v = MountainCarContinuous.firstVelocity(position[e], action);
        double x = MountainCar.nextPosition(position[e], v);
        position[e] = x;
        velocity[e] = MountainCar.hitsWall(x, v) ? 0 : v;
        return x >= task[e].goalPosition() && velocity[e] >= task[e].goalVelocity();
    }

    private boolean laterStep(int e, float action) {
        double v = MountainCarContinuous.nextVelocity((float) position[e], (float) velocity[e], action);
        float x = MountainCarContinuous.nextPosition((float) position[e], (float) v);
        position[e] = x;
        velocity[e] = MountainCarContinuous.hitsWall(x, v) ? 0 : v;
        return MountainCarContinuous.reached(x, velocity[e], task[e]);
    }

    private void observe(int e, float[] observation) {
        observation[2 * e] = (float) position[e];
        observation[2 * e + 1] = (float) velocity[e];
    }
}
