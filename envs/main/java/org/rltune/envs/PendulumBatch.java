package org.rltune.envs;

import java.util.Arrays;
import java.util.Map;
import org.rltune.check.Check;
import org.rltune.env.EnvContext;
import org.rltune.env.SeededBatch;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;

/** Many {@link Pendulum}s, whose states lie in arrays; the same bits. */
final class PendulumBatch extends SeededBatch {
    private final double gravity;
    private final double[] angle;
    private final double[] sinCos; // of the angle; slices may run side by side
    private final double[] angularVelocity;

    private PendulumBatch(int numEnvs, double gravity) {
        super(numEnvs, Pendulum.OBSERVATIONS, Pendulum.ACTIONS);
        this.gravity = Check.finite("g", gravity);
        angle = new double[numEnvs];
        sinCos = new double[2 * numEnvs];
        angularVelocity = new double[numEnvs];
    }

    static PendulumBatch create(EnvContext context, int numEnvs) {
        return new PendulumBatch(numEnvs, context.number("g"));
    }

    @Override
    protected void start(int e, Pcg64 random, Map<String, Object> options, float[] observation) {
        double maxAngle = Pendulum.maxAngle(options);
        double maxVelocity = Pendulum.maxVelocity(options);
        angle[e] = random.uniform(-maxAngle, maxAngle);
        angularVelocity[e] = random.uniform(-maxVelocity, maxVelocity);
        observe(e, observation);
    }

    @Override
    public void step(int from, int to, float[] action, VectorStep out) {
        for (int e = from; e < to; e++) {
            float torque = Pendulum.clipped(action[e]);
            out.reward[e] = -Pendulum.cost(angle[e], angularVelocity[e], torque);
            angularVelocity[e] = Pendulum.nextVelocity(gravity, angle[e], angularVelocity[e], torque);
            angle[e] += angularVelocity[e] * Pendulum.SECONDS_PER_STEP;
            observe(e, out.observation);
        }
        Arrays.fill(out.terminated, from, to, false);
        Arrays.fill(out.truncated, from, to, false);
    }

    private void observe(int e, float[] observation) {
        Trig.sinCos(angle[e], sinCos, 2 * e);
        observation[3 * e] = (float) sinCos[2 * e + 1];
        observation[3 * e + 1] = (float) sinCos[2 * e];
        observation[3 * e + 2] = (float) angularVelocity[e];
    }
}
