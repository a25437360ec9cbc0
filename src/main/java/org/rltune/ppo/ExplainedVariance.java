package org.rltune.ppo;

import java.util.OptionalDouble;
import org.rltune.rollout.RolloutBatch;

/** How much of the variance of the value targets the values explain: 1 - var(target - value) / var(target). */
final class ExplainedVariance {
    private ExplainedVariance() {}

    /** Returns 1 for a perfect critic, 0 for one that knows nothing, below for a worse; empty if all targets are equal. */
    static OptionalDouble of(RolloutBatch batch) {
        int n = batch.rows();
        double meanTarget = 0;
        double meanError = 0;
        for (int i = 0; i < n; i++) {
            meanTarget += batch.valueTarget[i];
            meanError += batch.valueTarget[i] - batch.value[i];
        }
        meanTarget /= n;
        meanError /= n;
        double varTarget = 0;
        double varError = 0;
        for (int i = 0; i < n; i++) {
            double target = batch.valueTarget[i] - meanTarget;
            double error = batch.valueTarget[i] - batch.value[i] - meanError;
            varTarget += target * target;
            varError += error * error;
        }
        return varTarget > 0 ? OptionalDouble.of(1 - varError / varTarget) : OptionalDouble.empty();
    }
}
