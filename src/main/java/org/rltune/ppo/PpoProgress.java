package org.rltune.ppo;

/**
 * How far a trainer has come.
 *
 * @param iteration its own iterations; never taken from another trial
 * @param timesteps its own environment steps
 * @param episodes its own ended episodes
 * @param lineageTimesteps environment steps behind the weights, those of adopted ancestors included; schedules run
 *     over them
 * @param klCoeff the present weight of the adaptive KL penalty
 */
record PpoProgress(long iteration, long timesteps, long episodes, long lineageTimesteps, double klCoeff) {
    static PpoProgress start(double klCoeff) {
        return new PpoProgress(0, 0, 0, 0, klCoeff);
    }

    PpoProgress after(int rows, int ended, double nextKlCoeff) {
        return new PpoProgress(iteration + 1, timesteps + rows, episodes + ended, lineageTimesteps + rows, nextKlCoeff);
    }

    PpoProgress adopting(PpoProgress donor) {
        return new PpoProgress(iteration, timesteps, episodes, donor.lineageTimesteps, donor.klCoeff);
    }

    PpoProgress withKlCoeff(double coeff) {
        return new PpoProgress(iteration, timesteps, episodes, lineageTimesteps, coeff);
    }
}
