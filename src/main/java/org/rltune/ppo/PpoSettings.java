package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.tune.space.HyperParams;

/** What an iteration works with: read from the settings and their schedules, and reported as in force. */
final class PpoSettings {
    private PpoSettings() {}

    /**
     * Reads what the learner works with.
     *
     * @param timesteps environment steps behind the weights, over which schedules run
     * @param klCoeff the present weight of the adaptive KL penalty
     */
    static PpoLearner.Settings read(PpoConfig config, long timesteps, double klCoeff) {
        return new PpoLearner.Settings(
                scheduled(config.lrSchedule(), config.lr(), timesteps),
                config.sgdMinibatchSize(),
                config.numSgdIter(),
                scheduled(config.clipParamSchedule(), config.clipParam(), timesteps),
                config.vfClipParam(),
                config.vfLossCoeff(),
                scheduled(config.entropyCoeffSchedule(), config.entropyCoeff(), timesteps),
                config.klCoeff() > 0 ? klCoeff : 0,
                config.targetKl(),
                config.gradClip(),
                config.normalizeAdvantage());
    }

    private static double scheduled(Schedule schedule, double constant, long timesteps) {
        return schedule.isEmpty() ? constant : schedule.at(timesteps);
    }

    /** Returns the settings with those in place that the learner and the advantages were really computed with. */
    static HyperParams inForce(PpoConfig config, PpoLearner.Settings used, double gamma, double lambda) {
        return config.values()
                .with("lr", used.lr())
                .with("sgd_minibatch_size", used.sgdMinibatchSize())
                .with("num_sgd_iter", used.numSgdIter())
                .with("clip_param", used.clipParam())
                .with("vf_clip_param", used.vfClipParam())
                .with("vf_loss_coeff", used.vfLossCoeff())
                .with("entropy_coeff", used.entropyCoeff())
                .with("target_kl", used.targetKl())
                .with("grad_clip", used.gradClip())
                .with("normalize_advantage", used.normalizeAdvantage())
                .with("gamma", gamma)
                .with("lambda", lambda);
    }

    /** Returns the values in force that may follow a schedule, as metrics. */
    static Map<String, Object> current(PpoLearner.Settings used) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("cur_lr", used.lr());
        metrics.put("cur_clip_param", used.clipParam());
        metrics.put("cur_entropy_coeff", used.entropyCoeff());
        metrics.put("cur_kl_coeff", used.klCoeff());
        return metrics;
    }
}
