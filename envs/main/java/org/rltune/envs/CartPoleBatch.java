package org.rltune.envs;

import java.util.Arrays;
import java.util.Map;
import org.rltune.env.EnvContext;
import org.rltune.env.SeededBatch;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;

/** Many {@link CartPole}s, whose states lie in arrays; the same bits. */
final class CartPoleBatch extends SeededBatch {
    private static final int SIZE = 4;
    private static final Options.Bounds START = new Options.Bounds(-CartPole.START_BOUND, CartPole.START_BOUND);

    private final boolean suttonBartoReward;
    private final double[] position;
    private final double[] velocity;
    private final double[] angle;
    private final double[] angularVelocity;
    // Of the step under way. Loops over plain arrays keep the processor busy: EnvBench.
    private final double[] force;
    private final double[] sin;
    private final double[] cos;

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
    }

    static CartPoleBatch create(EnvContext context, int numEnvs) {
        return new CartPoleBatch(numEnvs, context.flag("sutton_barto_reward"));
    }

    @Override
    protected void start(int e, Pcg64 random, Map<String, Object> options, float[] observation) {
        Options.Bounds bounds = Options.bounds(options, START);
        double low = bounds.low();
        double high = bounds.high();
        position[e] = random.uniform(low, high);
        velocity[e] = random.uniform(low, high);
        angle[e] = random.uniform(low, high);
        angularVelocity[e] = random.uniform(low, high);
        observe(e, observation);
    }

    @Override
    public void step(int from, int to, float[] action, VectorStep out) {
        for (int e = from; e < to; e++) {
            force[e] = 2 * CartPole.FORCE * action[e] - CartPole.FORCE; // exact; a branch on it would be a guess
            sin[e] = Trig.sin(angle[e]);
            cos[e] = Trig.cos(angle[e]);
        }
        move(from, to, position, velocity, angle, angularVelocity, force, sin, cos);
        for (int e = from; e < to; e++) {
            observe(e, out.observation);
            out.terminated[e] = CartPole.fell(position[e], angle[e]);
        }
        Arrays.fill(out.truncated, from, to, false);
        Arrays.fill(out.reward, from, to, suttonBartoReward ? 0 : 1);
        if (suttonBartoReward) {
            for (int e = from; e < to; e++) {
                out.reward[e] = out.terminated[e] ? -1 : 0;
            }
        }
    }

    /** The equations of {@link CartPole#step}. */
    private static void move(
            int from,
            int to,
            double[] position,
            double[] velocity,
            double[] angle,
            double[] angularVelocity,
            double[] force,
            double[] sin,
            double[] cos) {
        for (int e = from; e < to; e++) {
            double push = CartPole.push(force[e], sin[e], angularVelocity[e]);
            double angularAcceleration = CartPole.angularAcceleration(push, cos[e], sin[e]);
            double acceleration = CartPole.acceleration(push, cos[e], angularAcceleration);
            position[e] += CartPole.SECONDS_PER_STEP * velocity[e];
            velocity[e] += CartPole.SECONDS_PER_STEP * acceleration;
            angle[e] += CartPole.SECONDS_PER_STEP * angularVelocity[e];
            angularVelocity[e] += CartPole.SECONDS_PER_STEP * angularAcceleration;
        }
    }

    private void observe(int e, float[] observation) {
        observation[SIZE * e] = (float) position[e];
        observation[SIZE * e + 1] = (float) velocity[e];
        observation[SIZE * e + 2] = (float) angle[e];
        observation[SIZE * e + 3] = (float) angularVelocity[e];
    }
}
