package org.rltune.nn;

import org.rltune.random.Pcg64;

/**
 * Generalised state-dependent exploration (gSDE; Raffin, Kober and Stulp 2021, arXiv:2005.05719): the noise of an action is
 * a function of the state until the function is drawn anew, so that equal states get equal noise and movements are smooth.
 *
 * <pre>
 *   noise[j] = sum over i of theta[i][j] * latent[i](s),   theta[i][j] ~ N(0, exp(logStd[i][j])^2)
 *   over all theta: noise[j] ~ N(0, sum over i of latent[i](s)^2 exp(logStd[i][j])^2)
 * </pre>
 *
 * <p>A network that offers it writes the logarithm of that deviation (with 1e-6 added to the variance, as
 * Stable-Baselines3 does) into the policy outputs after the means, so that the action is normal with these inputs. No
 * gradient flows from the deviation into the latent features ({@code learn_features=False} there).
 */
public interface StateDependentNoise {
    /** Numbers in theta: latent features times elements of an action. */
    int noiseSize();

    /** Draws theta, row-major: element {@code (i, j)} goes to {@code at + i * actionSize + j}. */
    void drawNoise(Pcg64 random, float[] theta, int at);

    /**
     * Computes the noise of one row of the last forward of {@code w}.
     *
     * @param observations those of that forward, from {@code offset}
     * @param theta what {@link #drawNoise} drew, from {@code at}
     * @param noise gets an entry for each element of an action, from index 0
     */
    void noise(Workspace w, float[] observations, int offset, int row, float[] theta, int at, float[] noise);
}
