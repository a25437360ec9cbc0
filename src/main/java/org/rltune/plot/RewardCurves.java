package org.rltune.plot;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;

/**
 * Draws the metric of every trial over its own training iterations: each trial thin, the population's median with the
 * band between its quartiles, the best trial strong, exploits as small marks. Rows without the metric are gaps.
 *
 * <p>As a listener it writes {@code reward_curves.png} into the experiment's folder when the experiment ends.
 */
public final class RewardCurves implements RunListener {
    /** The picture, in the experiment's folder. */
    public static final String FILE = "reward_curves.png";

    /** Makes a listener. */
    public RewardCurves() {}

    @Override
    public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
        write(analysis, analysis.folder().resolve(FILE));
    }

    /** Draws the picture, 1400 x 800 pixels. */
    public static BufferedImage draw(ExperimentAnalysis analysis) {
        return RewardChart.draw(population(analysis));
    }

    /**
     * Draws the picture into a PNG file.
     *
     * @throws java.io.UncheckedIOException naming the file and the cause, if it cannot be written
     */
    public static void write(ExperimentAnalysis analysis, Path file) {
        ChartStyle.write(draw(analysis), file);
    }

    static Population population(ExperimentAnalysis analysis) {
        List<Curve> curves = new ArrayList<>();
        for (Trial trial : analysis.trials()) {
            curves.add(Curve.of(trial.id(), analysis.rows(trial), "training_iteration", analysis.metric()));
        }
        Trial best = RunPictures.best(analysis);
        List<Population.Exploit> exploits = new ArrayList<>();
        for (DecisionRecord decision : analysis.decisions()) {
            if (decision.decision() instanceof Decision.Exploit exploit) {
                exploits.add(new Population.Exploit(exploit.trialId(), decision.targetIteration()));
            }
        }
        return new Population(analysis.name(), analysis.metric(), curves, best == null ? "" : best.id(), exploits);
    }
}
