package org.rltune.experiments;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RunListener;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets a run end in order when the process is told to end (Ctrl-C, SIGTERM): trials stop after their current iteration and
 * everything is saved. Told a second time, the process ends at once; what was reported is on disk then, too.
 */
final class CtrlC implements RunListener {
    /** What a shell returns for a process that was ended by Ctrl-C: 128 and the number of the signal. */
    static final int EXIT_CODE = 130;

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final PrintStream out;
    private final Runnable end;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    /** @param out where it says what it does */
    CtrlC(PrintStream out) {
        this(out, () -> Runtime.getRuntime().halt(EXIT_CODE));
    }

    /** @param end ends the process at once */
    CtrlC(PrintStream out, Runnable end) {
        this.out = out;
        this.end = end;
    }

    @Override
    public synchronized void onExperimentStart(Experiment experiment) {
        List<Signal> told = new ArrayList<>();
        for (String name : SIGNALS) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, one -> tell(experiment, told, one)));
        }
    }

    private void tell(Experiment experiment, List<Signal> told, Signal signal) {
        boolean first;
        synchronized (told) {
            first = told.isEmpty();
            told.add(signal);
        }
        if (!first) {
            end.run();
            return;
        }
        out.println("\nEnding after the current iterations; once more Ctrl-C ends at once.");
        out.flush();
        experiment.interrupt();
    }

    @Override
    public synchronized void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
        before.forEach(Signal::handle);
        before.clear();
    }
}
