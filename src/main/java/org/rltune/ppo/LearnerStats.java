package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums over the samples of the last pass, and what becomes of them as metrics. */
final class LearnerStats {
    /** Names of the metrics; {@code kl} is there with a penalty on it only. */
    static final List<String> NAMES = List.of(
            "total_loss",
            "policy_loss",
            "vf_loss",
            "entropy",
            "approx_kl",
            "kl",
            "clip_fraction",
            "grad_norm",
            "num_sgd_iter_run");

    /** Over the samples of the last pass that was begun. */
    private final LossSums pass = new LossSums();

    private double minibatchApproxKl;
    private double gradNorm;
    private int minibatches;
    private int passes;
    private boolean stoppedEarly;

    void beginPass() {
        pass.clear();
        gradNorm = 0;
        minibatches = 0;
        passes++;
    }

    /** Takes the sums of one minibatch. */
    void add(LossSums minibatch) {
        pass.add(minibatch);
        minibatchApproxKl = minibatch.approxKl / minibatch.rows;
    }

    /** Returns the estimate of KL(old || new) over the last minibatch. */
    double minibatchApproxKl() {
        return minibatchApproxKl;
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
        return pass.kl / pass.rows;
    }

    /** Returns the passes that were begun. */
    int passes() {
        return passes;
    }

    /** Returns means over the samples of the last pass, under their metric names. */
    Map<String, Object> metrics(PpoLearner.Settings settings) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        double rows = pass.rows;
        double total = pass.policyLoss / rows
                + settings.vfLossCoeff() * pass.vfLoss / rows
                - settings.entropyCoeff() * pass.entropy / rows
                + (settings.klCoeff() > 0 ? settings.klCoeff() * meanKl() : 0);
        metrics.put("total_loss", total);
        metrics.put("policy_loss", pass.policyLoss / rows);
        metrics.put("vf_loss", pass.vfLoss / rows);
        metrics.put("entropy", pass.entropy / rows);
        metrics.put("approx_kl", pass.approxKl / rows);
        if (settings.klCoeff() > 0) {
            metrics.put("kl", meanKl());
        }
        metrics.put("clip_fraction", pass.clipCount / rows);
        metrics.put("grad_norm", gradNorm / minibatches);
        metrics.put("num_sgd_iter_run", passes);
        metrics.put("stopped_by_target_kl", stoppedEarly);
        return metrics;
    }
}
