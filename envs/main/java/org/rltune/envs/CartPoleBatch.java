package org.rltune.envs;

import java.util.Arrays;
import java.util.Map;
import org.rltune.env.EnvContext;
import org.rltune.env.SeededBatch;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;

/**
 * Many {@link CartPole}s, whose states lie in arrays; the same bits.
 *
 * <p>A step is a row of loops over plain arrays, most of which become vector instructions: each writes what it does not
 * read, and none branches. With 1024 environments that is four times as fast as one loop (EnvBench).
 */
final class CartPoleBatch extends SeededBatch {
    private static final int SIZE = 4;
    private static final Options.Bounds START = new Options.Bounds(-CartPole.START_BOUND, CartPole.START_BOUND);
    // Below, the loops cost more to begin than they save.
    private static final int LEAST_TOGETHER = 16;
    // What one loop writes is still in the nearest cache when the next one reads it.
    private static final int BLOCK = 256;

    private final boolean suttonBartoReward;
    private final double[] position;
    private final double[] velocity;
    private final double[] angle;
    private final double[] angularVelocity;
    // Of the step under way.
    private final double[] force;
    private final double[] sin;
    private final double[] cos;
    private final double[] push;
    private final double[] acceleration;
    private final double[] angularAcceleration;
    private final double[] roomOnTrack;
    private final double[] roomToFall;
    private final TrigBatch trig;
    // Whether an episode began so wide that angles may be too large for TrigBatch; from then on, one by one.
    private boolean wide;

    CartPoleBatch(int numEnvs, boolean suttonBartoReward) {
        super(numEnvs, CartPole.OBSERVATIONS, CartPole.ACTIONS);
        this.suttonBartoReward = suttonBartoReward;
        position = new double[numEnvs];
        velocity = new double[numEnvs];
        angle = new double[numEnvs];
        angularVelocity = new double[numEnvs];
        force = new double[numEnvs];
        sin = new double[numEnvs];
        cos = new double[numEnvs];
        push = new double[numEnvs];
        acceleration = new double[numEnvs];
        angularAcceleration = new double[numEnvs];
        roomOnTrack = new double[numEnvs];
        roomToFall = new double[numEnvs];
        trig = new TrigBatch(numEnvs);
    }

    static CartPoleBatch create(EnvContext context, int numEnvs) {
        return new CartPoleBatch(numEnvs, context.flag("sutton_barto_reward"));
    }

    @Override
    public boolean mayStepEnded() {
        return true;
    }

    @Override
    protected void start(int e, Pcg64 random, Map<String, Object> options, float[] observation) {
        Options.Bounds bounds = Options.bounds(options, START);
        double low = bounds.low();
        double high = bounds.high();
        wide |= Math.max(-low, high) > TrigBatch.LIMIT;
        position[e] = random.uniform(low, high);
        velocity[e] = random.uniform(low, high);
        angle[e] = random.uniform(low, high);
        angularVelocity[e] = random.uniform(low, high);
        observe(e, e + 1, position, velocity, angle, angularVelocity, observation);
    }

    @Override
    public void step(int from, int to, float[] action, VectorStep out) {
        for (int at = from; at < to; at += BLOCK) {
            stepBlock(at, Math.min(at + BLOCK, to), action, out);
        }
    }

    private void stepBlock(int from, int to, float[] action, VectorStep out) {
        force(from, to, action, force);
        boolean oneByOne = wide || to - from < LEAST_TOGETHER;
        if (oneByOne) {
            for (int e = from; e < to; e++) {
                sin[e] = Trig.sin(angle[e]);
                cos[e] = Trig.cos(angle[e]);
            }
        } else {
            trig.sinCos(from, to, angle, sin, cos);
        }
        pushWhole(from, to, force, sin, angularVelocity, push);
        turn(from, to, push, cos, sin, angularAcceleration);
        accelerate(from, to, push, cos, angularAcceleration, acceleration);
        move(from, to, position, velocity);
        move(from, to, velocity, acceleration);
        move(from, to, angle, angularVelocity);
        move(from, to, angularVelocity, angularAcceleration);
        observe(from, to, position, velocity, angle, angularVelocity, out.observation);
        if (oneByOne) {
            for (int e = from; e < to; e++) {
                out.terminated[e] = CartPole.fell(position[e], angle[e]);
            }
        } else {
            room(from, to, position, CartPole.MAX_POSITION, roomOnTrack);
            room(from, to, angle, CartPole.MAX_ANGLE, roomToFall);
            flagNegative(from, to, roomOnTrack, roomToFall, out.terminated);
        }
        Arrays.fill(out.truncated, from, to, false);
        Arrays.fill(out.reward, from, to, suttonBartoReward ? 0 : 1);
        if (suttonBartoReward) {
            for (int e = from; e < to; e++) {
                out.reward[e] = out.terminated[e] ? -1 : 0;
            }
        }
    }

    private static void force(int from, int to, float[] action, double[] force) {
        for (int e = from; e < to; e++) {
            force[e] = 2 * CartPole.FORCE * action[e] - CartPole.FORCE; // exact; a branch on it would be a guess
        }
    }

    private static void pushWhole(
            int from, int to, double[] force, double[] sin, double[] angularVelocity, double[] push) {
        for (int e = from; e < to; e++) {
            push[e] = CartPole.push(force[e], sin[e], angularVelocity[e]);
        }
    }

    private static void turn(int from, int to, double[] push, double[] cos, double[] sin, double[] out) {
        for (int e = from; e < to; e++) {
            out[e] = CartPole.angularAcceleration(push[e], cos[e], sin[e]);
        }
    }

    private static void accelerate(
            int from, int to, double[] push, double[] cos, double[] angularAcceleration, double[] out) {
        for (int e = from; e < to; e++) {
            out[e] = CartPole.acceleration(push[e], cos[e], angularAcceleration[e]);
        }
    }

    private static void move(int from, int to, double[] place, double[] speed) {
        for (int e = from; e < to; e++) {
            place[e] += CartPole.SECONDS_PER_STEP * speed[e];
        }
    }

    private static void room(int from, int to, double[] value, double limit, double[] room) {
        for (int e = from; e < to; e++) {
            room[e] = limit - Math.abs(value[e]);
        }
    }

    /** Whether one room or the other is negative: the test of {@link CartPole#fell} without a branch. */
    private static void flagNegative(int from, int to, double[] room, double[] otherRoom, boolean[] flags) {
        for (int e = from; e < to; e++) {
            flags[e] = (Double.doubleToRawLongBits(room[e]) | Double.doubleToRawLongBits(otherRoom[e])) < 0;
        }
    }

    private static void observe(
            int from,
            int to,
            double[] position,
            double[] velocity,
            double[] angle,
            double[] angularVelocity,
            float[] observation) {
        for (int e = from; e < to; e++) {
            observation[SIZE * e] = (float) position[e];
            observation[SIZE * e + 1] = (float) velocity[e];
            observation[SIZE * e + 2] = (float) angle[e];
            observation[SIZE * e + 3] = (float) angularVelocity[e];
        }
    }
}
