package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.rltune.env.Envs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Replays recordings of Gymnasium's environments in ours and says how far they agree.
 *
 * <p>Exit codes: 0 when every recording of a registered environment is within its limit ({@link TraceLimit}), 1 when one
 * is not, 2 for bad input: no traces, a malformed one, or none whose environment is registered.
 */
@Command(
        name = "ReplayTraces",
        mixinStandardHelpOptions = true,
        description = "Replays recorded episodes (.trace files) and compares them bit by bit.")
public final class ReplayTraces implements Callable<Integer> {
    private static final String LAYOUT = "%-48s %8s %10s %9s %10s  %s%n";

    @Parameters(arity = "1..*", paramLabel = "DIR|FILE", description = "folders with .trace files, or such files")
    private List<Path> paths = List.of();

    @Option(names = "--exact", description = "every observation and reward must agree bit for bit, not 99.9 %% of them")
    private boolean exact;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private boolean bad;
    private boolean below;
    private int replayed;

    /** Replays the traces named on the command line and exits. */
    public static void main(String... args) {
        System.exit(new CommandLine(new ReplayTraces()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<Path> files = traces();
        out.printf(Locale.ROOT, LAYOUT, "trace", "rows", "mismatches", "agree %", "difference", "verdict");
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                replay(file, out);
            } catch (Trace.MalformedException e) {
                bad = true;
                printRow(out, file, "-", "-", "-", "-", "MALFORMED");
                problems.add(e.getMessage());
            } catch (RuntimeException e) {
                below = true;
                printRow(out, file, "-", "-", "-", "-", "FAILED");
                problems.add(file + ": " + e.getMessage());
            }
        }
        if (replayed == 0 && problems.isEmpty()) {
            bad = true;
            problems.add("None of the environments is registered, so nothing was replayed. Registered: " + Envs.list());
        }
        out.flush();
        problems.forEach(err::println);
        err.flush();
        return bad ? CommandLine.ExitCode.USAGE : below ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private List<Path> traces() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> entries = Files.list(path)) {
                    List<Path> found = entries.filter(
                                    entry -> entry.getFileName().toString().endsWith(".trace"))
                            .sorted()
                            .toList();
                    if (found.isEmpty()) {
                        throw refused("The folder " + path + " holds no .trace file");
                    }
                    files.addAll(found);
                }
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                throw refused(path + " does not exist; name a folder with .trace files, or such files");
            }
        }
        return files;
    }

    private void replay(Path file, PrintWriter out) throws IOException {
        Trace trace = Trace.read(file);
        if (!Envs.list().contains(trace.env())) {
            printRow(out, file, "-", "-", "-", "-", "not available: " + trace.env() + " is not registered");
            return;
        }
        TraceLimit limit = TraceLimit.of(Envs.spec(trace.env()).name());
        TraceReplay.Result result = TraceReplay.run(trace, exact ? limit.exact() : limit);
        replayed++;
        String fault = result.fault();
        below |= fault != null;
        String beyond = result.rowsBeyond() == 0
                ? ""
                : "; of " + result.rowsBeyond() + " rows beyond the limit " + result.mismatchesBeyond() + " differ";
        printRow(
                out,
                file,
                Integer.toString(result.rows()),
                Integer.toString(result.mismatches()),
                String.format(Locale.ROOT, "%.3f", 100 * result.share()),
                String.format(Locale.ROOT, "%.2g", result.largestDifference()),
                (fault == null ? "ok" : "FAILED: " + fault) + beyond);
    }

    private static void printRow(
            PrintWriter out,
            Path file,
            String rows,
            String mismatches,
            String share,
            String difference,
            String verdict) {
        out.printf(Locale.ROOT, LAYOUT, file.getFileName().toString(), rows, mismatches, share, difference, verdict);
    }

    private CommandLine.ParameterException refused(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
