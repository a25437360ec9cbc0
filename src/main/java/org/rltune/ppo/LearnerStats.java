package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sums over the samples of the last pass, and what becomes of them as metrics. */
final class LearnerStats {
    double policyLoss;
    double vfLoss;
    double entropy;
    double kl;
    long clipCount;
    private double approxKl;
    private double minibatchApproxKl;
    private long minibatchRows;
    private long rows;
    private double gradNorm;
    private int minibatches;
    private int passes;
    private boolean stoppedEarly;

    void beginPass() {
        policyLoss = 0;
        vfLoss = 0;
        entropy = 0;
        kl = 0;
        clipCount = 0;
        approxKl = 0;
        rows = 0;
        gradNorm = 0;
        minibatches = 0;
        passes++;
    }

    void beginMinibatch() {
        minibatchApproxKl = 0;
        minibatchRows = 0;
    }

    void addApproxKl(double sum) {
        approxKl += sum;
        minibatchApproxKl += sum;
    }

    void addRows(int count) {
        rows += count;
        minibatchRows += count;
    }

    /** Returns the estimate of KL(old || new) over the minibatch so far. */
    double minibatchApproxKl() {
        return minibatchApproxKl / minibatchRows;
    }

    void endMinibatch(double norm) {
        gradNorm += norm;
        minibatches++;
    }

    void stopEarly() {
        stoppedEarly = true;
    }

    /** Returns the mean analytic KL(old || new) of the last pass. */
    double meanKl() {
        return kl / rows;
    }

    /** Returns the passes that were begun. */
    int passes() {
        return passes;
    }

    /** Returns means over the samples of the last pass, under their metric names. */
    Map<String, Object> metrics(PpoLearner.Settings settings) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        double total = policyLoss / rows
                + settings.vfLossCoeff() * vfLoss / rows
                - settings.entropyCoeff() * entropy / rows
                + (settings.klCoeff() > 0 ? settings.klCoeff() * meanKl() : 0);
        metrics.put("total_loss", total);
        metrics.put("policy_loss", policyLoss / rows);
        metrics.put("vf_loss", vfLoss / rows);
        metrics.put("entropy", entropy / rows);
        metrics.put("approx_kl", approxKl / rows);
        if (settings.klCoeff() > 0) {
            metrics.put("kl", meanKl());
        }
        metrics.put("clip_fraction", (double) clipCount / rows);
        metrics.put("grad_norm", gradNorm / minibatches);
        metrics.put("num_sgd_iter_run", passes);
        metrics.put("stopped_by_target_kl", stoppedEarly);
        return metrics;
    }
}
