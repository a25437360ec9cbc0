package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.plot.Picture;
import org.rltune.plot.PictureWindow;
import org.rltune.plot.RunPictures;
import org.rltune.plot.RunReport;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.TrialStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws the pictures of an experiment, finished or running. */
@Command(
        name = "PlotRun",
        mixinStandardHelpOptions = true,
        description =
                "Draws an experiment, finished or running: reward curves, hyperparameter schedules, the lineage of the"
                        + " best policy, parallel coordinates, and where the time went; each as PNG and SVG.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.PlotRun -Dexec.args=\"results/NAME --html\"",
            "",
            "Exit code: 0; 1 if something failed; 2 for bad input."
        })
public final class PlotRun implements Callable<Integer> {
    private static final double MILLIS = 1e3;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the experiment, such as results/NAME.")
    private Path folder = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the pictures go (default: the experiment's folder).")
    private @Nullable Path out;

    @Option(names = "--html", description = "Also writes report.html: everything about the run in one file.")
    private boolean html;

    @Option(names = "--show", description = "Also opens a window, and waits until it is closed.")
    private boolean show;

    @Option(
            names = "--follow",
            paramLabel = "SECONDS",
            description = "Draws anew every so many seconds, until the experiment has ended.")
    private @Nullable Double follow;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new PlotRun(), args);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (follow != null && !(follow >= 1 && follow <= 86_400)) {
            throw new IllegalArgumentException("--follow must be from 1 to 86400 seconds, but is " + follow + ".");
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder " + folder
                    + ". Name the folder of an experiment, such as results/cartpole-pbt-20261123-190700.");
        }
        ExperimentAnalysis analysis = load();
        Path target = target();
        PictureWindow window = null;
        if (show) {
            window = window(analysis);
        }
        List<Path> files = draw(analysis, target, window);
        PrintWriter console = Objects.requireNonNull(spec).commandLine().getOut();
        files.forEach(file -> console.println(file));
        console.flush();
        while (follow != null && analysis.status() == TrialStatus.RUNNING && (window == null || !window.isClosed())) {
            Thread.sleep((long) (follow * MILLIS));
            analysis = load();
            draw(analysis, target, window);
        }
        if (window != null) {
            window.await();
        }
        return 0;
    }

    /** An experiment that has only just begun is worth following, but without it there is nothing to draw. */
    private ExperimentAnalysis load() {
        ExperimentAnalysis analysis = ExperimentAnalysis.load(folder);
        boolean empty =
                analysis.trials().stream().allMatch(trial -> trial.rows().isEmpty());
        if (empty && follow == null) {
            throw new IllegalArgumentException("No trial of " + folder + " has reported a row yet: there is nothing to"
                    + " draw. Wait for the first result, or draw again and again by --follow 10.");
        }
        return analysis;
    }

    private static PictureWindow window(ExperimentAnalysis analysis) {
        try {
            return new PictureWindow(analysis.name(), List.of());
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("--show: " + e.getMessage(), e);
        }
    }

    private Path target() {
        Path target = out == null ? folder : out;
        try {
            return Files.createDirectories(target);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--out: the folder " + target + " cannot be made (" + e + "). Name another one.", e);
        }
    }

    private List<Path> draw(ExperimentAnalysis analysis, Path target, @Nullable PictureWindow window) {
        List<Picture> pictures = RunPictures.all(analysis);
        List<Path> files = new java.util.ArrayList<>();
        try {
            for (Picture picture : pictures) {
                files.add(picture.writePng(target));
                files.add(picture.writeSvg(target));
            }
            if (html) {
                files.add(RunReport.write(analysis, target.resolve(RunReport.FILE)));
            }
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (window != null) {
            window.show(pictures);
        }
        return files;
    }
}
