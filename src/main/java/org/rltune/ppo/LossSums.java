package org.rltune.ppo;

/** Sums of the parts of the loss over samples. */
final class LossSums {
    double policyLoss;
    double vfLoss;
    double entropy;
    double kl;
    double approxKl;
    long clipCount;
    long rows;

    void clear() {
        policyLoss = 0;
        vfLoss = 0;
        entropy = 0;
        kl = 0;
        approxKl = 0;
        clipCount = 0;
        rows = 0;
    }

    void add(LossSums other) {
        policyLoss += other.policyLoss;
        vfLoss += other.vfLoss;
        entropy += other.entropy;
        kl += other.kl;
        approxKl += other.approxKl;
        clipCount += other.clipCount;
        rows += other.rows;
    }
}
