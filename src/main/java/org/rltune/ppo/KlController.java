package org.rltune.ppo;

/**
 * The weight of the adaptive KL penalty, adjusted once an iteration as in RLlib: times 1.5 above twice the target,
 * times 0.5 below half of it (Schulman et al. 2017, section 4, has 2 and 1/2 with thresholds of 1.5).
 */
final class KlController {
    /** Caps the weight, so that an extreme KL cannot drive it to infinity (RLlib has no cap). */
    static final double LARGEST = 1e3;

    private KlController() {}

    static double next(double coeff, double kl, double target) {
        if (kl > 2 * target) {
            return Math.min(LARGEST, coeff * 1.5);
        }
        return kl < 0.5 * target ? coeff * 0.5 : coeff;
    }
}
