package org.rltune.envs;

import java.util.Arrays;
import java.util.Map;
import org.rltune.check.Check;
import org.rltune.env.EnvContext;
import org.rltune.env.SeededBatch;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;

/** Many {@link Acrobot}s, whose states lie in arrays; the same bits. */
final class AcrobotBatch extends SeededBatch {
    private final boolean nips;
    private final double torqueNoiseMax;
    private final double[] state; // as in Acrobot, one after the other
    private final double[][] scratch; // that of the first environment of a slice: slices may run side by side

    private AcrobotBatch(int numEnvs, boolean nips, double torqueNoiseMax) {
        super(numEnvs, Acrobot.OBSERVATIONS, Acrobot.ACTIONS);
        this.nips = nips;
        this.torqueNoiseMax = Check.finite("torque_noise_max", Check.atLeast("torque_noise_max", torqueNoiseMax, 0));
        state = new double[numEnvs * Acrobot.STATE];
        scratch = new double[numEnvs][AcrobotDynamics.SCRATCH];
    }

    static AcrobotBatch create(EnvContext context, int numEnvs) {
        return new AcrobotBatch(
                numEnvs, context.text("book_or_nips").equals("nips"), context.number("torque_noise_max"));
    }

    @Override
    protected void start(int e, Pcg64 random, Map<String, Object> options, float[] observation) {
        Acrobot.start(random, options, state, Acrobot.STATE * e, observation, Acrobot.SIZE * e);
    }

    @Override
    public void step(int from, int to, float[] action, VectorStep out) {
        for (int e = from; e < to; e++) {
            double torque = action[e] - 1;
            if (torqueNoiseMax > 0) {
                torque += random(e).uniform(-torqueNoiseMax, torqueNoiseMax);
            }
            int at = Acrobot.STATE * e;
            AcrobotDynamics.step(state, at, torque, nips, scratch[from]);
            double cosUpper = Acrobot.observe(state, at, out.observation, Acrobot.SIZE * e, scratch[from]);
            boolean reached = AcrobotDynamics.reached(cosUpper, state[at], state[at + 1]);
            out.terminated[e] = reached;
            out.reward[e] = reached ? 0 : -1;
        }
        Arrays.fill(out.truncated, from, to, false);
    }
}
