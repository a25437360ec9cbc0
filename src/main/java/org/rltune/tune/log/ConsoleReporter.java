package org.rltune.tune.log;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;

/**
 * Tells how an experiment goes: in a terminal a table that is redrawn in place, in a pipe now and then a line and a few
 * tables, and what came out at the end.
 *
 * <p>Verbosity 0 prints nothing but errors and warnings, 1 the above, 2 also a line for every row and every decision of
 * the scheduler to stop a trial or to let it copy another. At 1 these are told together, those of small populations apart.
 */
public final class ConsoleReporter implements RunListener {
    private static final double REDRAW_SECONDS = 1;
    private static final int MOST_ROWS = 20;

    private final PrintStream out;
    private final int verbose;
    private final boolean interactive;
    private final int rows;
    private final LiveBlock live;
    private final ReportPace pace = new ReportPace();
    private final DecisionTally tally = new DecisionTally();
    private double drawnAtSeconds = Double.NEGATIVE_INFINITY;

    /**
     * Makes one.
     *
     * @param out where it prints
     * @param verbose 0, 1 or 2
     * @param interactive whether {@code out} is a terminal that can redraw lines ({@link Terminals#interactive()})
     */
    public ConsoleReporter(PrintStream out, int verbose, boolean interactive) {
        this.out = out;
        this.verbose = Check.inClosed("verbose", verbose, 0, 2);
        this.interactive = interactive;
        this.rows = interactive ? Terminals.rowsForTable() : MOST_ROWS;
        this.live = new LiveBlock(out);
    }

    @Override
    public void onExperimentStart(Experiment experiment) {
        if (verbose == 0) {
            return;
        }
        RunFacts facts = RunFacts.of(experiment);
        print(RunIntro.lines(experiment.name(), facts.labelled(), facts.notes(), facts.warnings()));
        print(List.of(""));
    }

    @Override
    public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
        if (verbose == 0) {
            return;
        }
        if (verbose == 2) {
            print(List.of(resultLine(experiment, trial, row)));
        }
        if (interactive) {
            redraw(experiment);
            return;
        }
        ReportPace.Print what =
                pace.next(experiment.progress(), experiment.elapsedSeconds(), experiment.everyTrialReported());
        if (what == ReportPace.Print.TABLE) {
            List<String> lines = new ArrayList<>(tally.lines());
            lines.add("");
            lines.addAll(StatusReport.block(view(experiment), rows));
            lines.add("");
            print(lines);
        } else if (what == ReportPace.Print.LINE) {
            List<String> lines = new ArrayList<>(tally.lines());
            lines.add(StatusReport.line(view(experiment)));
            print(lines);
        }
    }

    @Override
    public void onDecision(Experiment experiment, DecisionRecord record) {
        if (verbose == 2 && record.decision() instanceof Decision.Exploit exploit) {
            print(ExploitLine.lines(record, exploit));
        } else if (verbose == 2 && record.decision() instanceof Decision.Stop stop) {
            print(List.of("stops " + stop.trialId() + ": " + stop.reason()));
        } else if (verbose == 1) {
            List<String> lines = tally.add(record, experiment.totalTrials());
            if (!lines.isEmpty()) {
                print(lines);
            }
        }
    }

    @Override
    public void onTrialRecover(Experiment experiment, Trial trial, Throwable error) {
        print(List.of(
                "WARNING: " + trial.id() + " failed after iteration " + trial.trainingIteration() + " (its failure "
                        + trial.failures() + ") and is tried again: " + error + ". The stack trace is in "
                        + trial.folder().resolve("error.txt") + "."));
    }

    @Override
    public void onWarning(Experiment experiment, String warning) {
        print(List.of("WARNING: " + warning));
    }

    @Override
    public void onTrialEnd(Experiment experiment, Trial trial) {
        Throwable error = trial.error();
        if (error != null) {
            print(List.of("ERROR: " + trial.id() + " failed after iteration " + trial.trainingIteration() + ": " + error
                    + ". The stack trace is in " + trial.folder().resolve("error.txt") + "."));
        } else if (verbose > 1) {
            print(List.of(
                    trial.id() + " ended after iteration " + trial.trainingIteration() + ": " + trial.endReason()));
        }
    }

    @Override
    public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
        if (verbose == 0) {
            return;
        }
        live.erase();
        List<String> lines = new ArrayList<>(tally.lines());
        lines.add("");
        lines.addAll(FinalReport.lines(view(experiment), analysis, MOST_ROWS));
        print(lines);
    }

    private void redraw(Experiment experiment) {
        double now = experiment.elapsedSeconds();
        if (now - drawnAtSeconds >= REDRAW_SECONDS) {
            drawnAtSeconds = now;
            live.show(StatusReport.block(view(experiment), rows));
        }
    }

    /** Prints lines that stay; the live table below them is drawn anew with the next row. */
    private void print(List<String> lines) {
        live.erase();
        lines.forEach(line -> out.print(line + "\n"));
        out.flush();
        drawnAtSeconds = Double.NEGATIVE_INFINITY;
    }

    private static String resultLine(Experiment experiment, Trial trial, Map<String, Object> row) {
        return trial.id() + ": iteration " + trial.trainingIteration() + ", timesteps "
                + Figures.value(row.get("timesteps_total")) + ", " + experiment.metric() + " "
                + Figures.number(trial.score()) + ", "
                + Figures.duration(real(row, "time_this_iter_s").orElse(0));
    }

    private static ConsoleView view(Experiment experiment) {
        List<ConsoleView.Line> lines =
                experiment.trials().stream().map(ConsoleReporter::line).toList();
        return new ConsoleView(
                experiment.metric(),
                experiment.mode(),
                List.copyOf(experiment.space().domains().keySet()),
                lines,
                experiment.totalTrials() - lines.size(),
                experiment.elapsedSeconds(),
                experiment.progress(),
                experiment.remainingSeconds(),
                experiment.summaries());
    }

    private static ConsoleView.Line line(Trial trial) {
        @Nullable Map<String, Object> row = trial.lastRow();
        Map<String, Object> last = row == null ? new LinkedHashMap<>() : row;
        OptionalDouble timesteps = real(last, "timesteps_total");
        return new ConsoleView.Line(
                trial.id(),
                trial.status().name(),
                trial.trainingIteration(),
                real(last, "time_total_s"),
                timesteps.isPresent() ? OptionalLong.of((long) timesteps.getAsDouble()) : OptionalLong.empty(),
                trial.score(),
                trial.config().asMap());
    }

    private static OptionalDouble real(Map<String, Object> row, String key) {
        return row.get(key) instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }
}
