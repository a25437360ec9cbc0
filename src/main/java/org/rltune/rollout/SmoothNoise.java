package org.rltune.rollout;

import org.rltune.check.Check;
import org.rltune.nn.DiagGaussian;
import org.rltune.nn.StateDependentNoise;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;

/**
 * Draws actions with state-dependent noise, see {@link StateDependentNoise}: one noise function for each environment, drawn
 * anew from the environment's stream at the beginning of a fragment and, if asked for, every few steps of it
 * (Stable-Baselines3's {@code sde_sample_freq}). So nothing of it outlives an iteration, and nothing needs saving.
 */
final class SmoothNoise {
    private final StateDependentNoise network;
    private final DiagGaussian distribution;
    private final int every;
    private final float[] theta;
    private final float[] noise;

    /**
     * Makes room for the noise of some environments.
     *
     * @param every steps between two drawings of the noise functions; -1 for the whole fragment
     */
    SmoothNoise(StateDependentNoise network, DiagGaussian distribution, int envs, int every) {
        Check.atLeast("sde_sample_freq", every, -1);
        this.network = network;
        this.distribution = distribution;
        this.every = every;
        this.theta = new float[Math.multiplyExact(envs, network.noiseSize())];
        this.noise = new float[distribution.actionSize()];
    }

    /** Draws the noise function of environment {@code e} if it is due at step {@code t} of the fragment. */
    void prepare(int t, int e, Pcg64 stream) {
        if (t == 0 || (every > 0 && t % every == 0)) {
            network.drawNoise(stream, theta, e * network.noiseSize());
        }
    }

    /**
     * Writes the action of environment {@code e} and its log-probability, given row {@code row} of the last forward.
     *
     * @param observations those of that forward, from {@code offset}
     */
    void act(
            Workspace w,
            float[] observations,
            int offset,
            int row,
            int e,
            float[] actions,
            int actionAt,
            float[] logProb,
            int logProbAt) {
        network.noise(w, observations, offset, row, theta, e * network.noiseSize(), noise);
        for (int j = 0; j < noise.length; j++) {
            actions[actionAt + j] = w.policy[j * w.capacity + row] + noise[j];
        }
        logProb[logProbAt] = distribution.logProb(w.policy, w.capacity, row, actions, actionAt);
    }
}
