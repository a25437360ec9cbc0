package org.rltune.experiments;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import org.rltune.tune.RunInterruptedException;
import org.rltune.tune.TrialsFailedException;
import org.rltune.tune.Version;
import picocli.CommandLine;

/**
 * Runs a command line. Bad input gets one line on the error stream and exit code 2. Trials that fail, and files that cannot
 * be written, are told without a stack trace; anything else that goes wrong with one; exit code 1 for all of these. A run that
 * was interrupted tells the command that goes on with it; exit code 130.
 */
public final class Mains {
    private Mains() {}

    /** Runs the command and ends the process if the exit code is not 0: under {@code mvn exec:java} it is Maven's own. */
    public static void main(Callable<Integer> command, String[] args) {
        int code = execute(command, console(System.out), console(System.err), args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** A terminal reads the platform's own encoding, whatever that is. */
    private static PrintWriter console(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
    }

    /** Runs the command and returns the exit code. */
    public static int execute(Callable<Integer> command, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(command);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpWidth(110);
        line.getCommandSpec().version("rltune " + Version.RLTUNE);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, arguments) -> badInput(err, e));
        line.setExecutionExceptionHandler((e, commandLine, parsed) -> {
            if (e instanceof IllegalArgumentException) {
                return badInput(err, e);
            }
            if (e instanceof RunInterruptedException interrupted) {
                err.println("Interrupted. Everything is saved. To go on:\n  mvn -q compile exec:java"
                        + " -Dexec.mainClass=org.rltune.experiments.Run -Dexec.args=\"--resume "
                        + interrupted.folder() + "\"");
                return CtrlC.EXIT_CODE;
            }
            if (e instanceof TrialsFailedException || isOfTheDisk(e)) {
                err.println("Error: " + e.getMessage()); // the stack traces of trials are in their error.txt
                return 1;
            }
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            err.print(trace);
            err.flush();
            return 1;
        });
        int code = line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /** A disk that is full or cannot be written is no error of the program: its message says all there is to say. */
    private static boolean isOfTheDisk(Throwable e) {
        return e instanceof UncheckedIOException || (e.getCause() != null && isOfTheDisk(e.getCause()));
    }

    private static int badInput(PrintWriter err, Exception e) {
        String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        err.println("Error: " + message + (e instanceof CommandLine.ParameterException ? ". See --help." : ""));
        return 2;
    }
}
