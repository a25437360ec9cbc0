package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.Tune;
import org.rltune.json.Json;
import org.rltune.tune.Experiment;
import org.rltune.tune.RunInterruptedException;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trainables;
import org.rltune.tune.Trial;
import sun.misc.Signal;

/** Runs that are ended by signals and gone on with from the command line. */
@Timeout(120)
final class ResumeMainsTest {
    private static final List<String> SMALL = List.of(
            "--population=3",
            "--interval=2",
            "--envs-per-worker=2",
            "--verbose=0",
            "--threads=2",
            "--set=train_batch_size=512",
            "--set=sgd_minibatch_size=64",
            "--set=num_sgd_iter=2",
            "--set=fcnet_hiddens=[8]");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Callable<Integer> main, List<String> args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Mains.execute(main, new PrintWriter(out), new PrintWriter(err), args.toArray(new String[0]));
    }

    private List<String> small(String... more) {
        List<String> args = new ArrayList<>(SMALL);
        args.add("--results=" + folder);
        args.addAll(List.of(more));
        return args;
    }

    private Object digest(String name) {
        return Json.readObject(folder.resolve(name).resolve("run.json")).get("digest");
    }

    private Process start(List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                CartPolePbt.class.getName()));
        command.addAll(args);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
    }

    private void awaitRows(Path trial, Process process) throws IOException, InterruptedException {
        Path rows = trial.resolve("result.json");
        while (!Files.exists(rows) || Files.size(rows) < 2000) {
            assertThat(process.isAlive())
                    .as(() -> "it has ended already: " + text(folder.resolve("output.txt")))
                    .isTrue();
            Thread.sleep(5);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void endsInOrderAtCtrlCAndAtOnceWhenKilledAndGoesOnToTheSameEnd() throws Exception {
        assertThat(run(new CartPolePbt(), small("--name=whole", "--iterations=150")))
                .as(err.toString())
                .isZero();

        Process asked = start(small("--name=broken", "--iterations=150"));
        awaitRows(folder.resolve("broken/t00000"), asked);
        asked.toHandle().destroy(); // SIGTERM
        assertThat(asked.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(text(folder.resolve("output.txt")))
                .contains("Ending after the current iterations", "--resume " + folder.resolve("broken"))
                .doesNotContain("Exception", "\tat ");
        assertThat(asked.exitValue()).isEqualTo(130);
        assertThat(digest("broken")).isEqualTo("");

        Process killed = start(List.of("--resume=" + folder.resolve("broken"), "--verbose=0"));
        Thread.sleep(1500);
        killed.destroyForcibly();
        killed.waitFor();

        assertThat(run(new Run(), List.of("--resume", folder.resolve("broken").toString())))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Results: " + folder.resolve("broken"));
        assertThat(digest("broken")).isEqualTo(digest("whole"));
    }

    @Test
    void extendsAFinishedRunFromBothMains() {
        assertThat(run(new CartPolePbt(), small("--name=long", "--iterations=6")))
                .as(err.toString())
                .isZero();
        assertThat(run(new CartPolePbt(), small("--name=a", "--iterations=2")))
                .as(err.toString())
                .isZero();
        String a = folder.resolve("a").toString();
        assertThat(run(new Run(), List.of("--resume", a, "--set", "stop/training_iteration=4", "--verbose=0")))
                .as(err.toString())
                .isZero();
        assertThat(digest("a")).isNotEqualTo(digest("long"));
        assertThat(run(new CartPolePbt(), List.of("--resume", a, "--iterations=6", "--verbose=0")))
                .as(err.toString())
                .isZero();
        assertThat(digest("a")).isEqualTo(digest("long"));
        Map<String, Object> run = Json.readObject(folder.resolve("a/run.json"));
        assertThat(run.get("stop")).isEqualTo(List.of("training_iteration >= 6.0"));
    }

    @Test
    void answersBadInputWithOneLine() {
        String none = folder.resolve("none").toString();
        oneLine(new Run(), List.of(), "FILE");
        oneLine(new Run(), List.of("a.yaml", "--resume", none), "either the FILE");
        oneLine(new Run(), List.of("a.yaml", "--rerun-errored"), "--resume DIR");
        oneLine(new Run(), List.of("--resume", none), "no run to resume");
        oneLine(new CartPolePbt(), List.of("--resume", none, "--seed=3"), "--seed cannot be given with --resume");
        oneLine(new Run(), List.of("--resume", none, "--dry-run"), "--dry-run");
    }

    private void oneLine(Callable<Integer> main, List<String> args, String part) {
        assertThat(run(main, args)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(part);
    }

    @Test
    void asksTwiceBeforeItEndsAtOnce() {
        List<String> said = new ArrayList<>();
        CtrlC handler = new CtrlC(new PrintStream(PrintStream.nullOutputStream()), () -> said.add("end"));
        // Not INT, which a JVM that was started in the background by a shell never hears of.
        Runnable signal = () -> Signal.raise(new Signal("TERM"));
        RunListener twice = new RunListener() {
            @Override
            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                signal.run();
                signal.run();
                long end = System.nanoTime() + 10_000_000_000L;
                while (said.isEmpty() && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }
        };
        assertThatThrownBy(() -> Tune.run(
                        Trainables.function("once", (config, session) -> {
                            session.report(Map.of("x", 1));
                            session.report(Map.of("x", 1));
                        }),
                        run -> run.storagePath(folder)
                                .name("signals")
                                .verbose(0)
                                .plots(false)
                                .listener(handler)
                                .listener(twice)))
                .isInstanceOf(RunInterruptedException.class);
        assertThat(said).contains("end");
    }
}
