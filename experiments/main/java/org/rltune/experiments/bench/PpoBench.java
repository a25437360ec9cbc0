package org.rltune.experiments.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.experiments.Mains;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures PPO from end to end: environment steps per second, learning included, on CartPole-v1. */
@Command(
        name = "PpoBench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures environment steps per second of PPO on CartPole-v1, learning included: one trial on one thread,"
                    + " one trial on several threads, and several trials side by side, each on one thread.",
            "Ratios are taken repetition by repetition, so that a machine that slows down for a while does no harm."
        },
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.bench.PpoBench \\",
            "      -Dexec.args=\"--settings A,C --networks separate\"",
            "",
            "Exit code: 0; 2 for bad input."
        })
public final class PpoBench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--settings",
            split = ",",
            paramLabel = "NAME,...",
            description = "A (2x64), C (2x256, 30 epochs), L (2x64, minibatches of 4096, 2 workers); default: all.")
    private List<String> names;

    @Option(
            names = "--networks",
            split = ",",
            paramLabel = "KIND,...",
            description = "separate or shared layers of policy and value; default: both.")
    private List<String> networks = List.of("separate", "shared");

    @Option(names = "--threads", paramLabel = "N", description = "Threads of one trial (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(names = "--trials", paramLabel = "N", description = "Trials side by side (default: ${DEFAULT-VALUE}).")
    private int trials = 2;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            description = "Measurements of each figure (default: ${DEFAULT-VALUE}); one more warms up.")
    private int repetitions = 5;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Time of one measurement, in whole iterations (default: ${DEFAULT-VALUE}).")
    private double seconds = 2;

    @Option(names = "--quick", description = "One short measurement of each: to see that it works.")
    private boolean quick;

    private final List<PpoSetting> known;

    /** Measures at the settings that peers were measured at. */
    public PpoBench() {
        this(PpoSetting.ALL);
    }

    PpoBench(List<PpoSetting> known) {
        this.known = known;
        this.names = known.stream().map(PpoSetting::name).toList();
    }

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new PpoBench(), args);
    }

    @Override
    public Integer call() {
        Arguments.atLeast("--threads", 1, threads);
        Arguments.atLeast("--trials", 1, trials);
        Arguments.atLeast("--repetitions", 1, repetitions);
        Arguments.above("--seconds", 0, seconds);
        networks.forEach(kind -> Arguments.oneOf("--networks", kind, List.of("separate", "shared")));
        List<String> all = known.stream().map(PpoSetting::name).toList();
        names.forEach(name -> Arguments.oneOf("--settings", name, all));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("PPO on CartPole-v1, 8 environments a worker: environment steps per second, learning included");
        out.println(Arguments.machine());
        out.printf(
                Locale.ROOT,
                "Medians of %d measurement(s) of %s s (least-most)%n%n",
                quick ? 1 : repetitions,
                quick ? 0.1 : seconds);
        out.flush();
        Neighbours neighbours = new Neighbours();
        List<Row> rows = new ArrayList<>();
        for (PpoSetting setting : known) {
            for (String kind : networks) {
                if (names.contains(setting.name())) {
                    rows.add(measure(setting, kind.equals("shared")));
                    out.println(rows.get(rows.size() - 1).rates());
                    out.flush();
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%nMicroseconds per environment step, one trial on one thread; sampling contains env and inference%n");
        out.println("setting   networks        env  inference   sampling      learn   the rest        all");
        rows.forEach(row -> out.println(row.split()));
        out.print(neighbours.text());
        return 0;
    }

    private Row measure(PpoSetting setting, boolean shared) {
        try (Throughput one = new Throughput(setting, shared, 1, 1);
                Throughput wide = new Throughput(setting, shared, 1, threads);
                Throughput many = new Throughput(setting, shared, trials, 1)) {
            Row row =
                    new Row(setting, shared, threads, trials, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            int count = quick ? 1 : repetitions;
            double time = quick ? 0.1 : seconds;
            for (int i = -1; i < count; i++) {
                Throughput.Rate single = one.measure(time);
                Throughput.Rate widened = wide.measure(time);
                Throughput.Rate several = many.measure(time);
                if (i >= 0) {
                    row.one.add(single);
                    row.wide.add(widened);
                    row.many.add(several);
                }
            }
            return row;
        }
    }

    /** What was measured at one setting, repetition by repetition. */
    private record Row(
            PpoSetting setting,
            boolean shared,
            int threads,
            int trials,
            List<Throughput.Rate> one,
            List<Throughput.Rate> wide,
            List<Throughput.Rate> many) {

        private String kind() {
            return shared ? "shared" : "separate";
        }

        String rates() {
            return setting.text() + ", " + kind() + " networks" + System.lineSeparator()
                    + line("1 trial, 1 thread", one, "")
                    + line("1 trial, " + threads + " threads", wide, ratio(wide))
                    + line(trials + " trials, 1 thread each", many, ratio(many));
        }

        private static String line(String name, List<Throughput.Rate> rates, String ratio) {
            Spread spread = Spread.of(rates, Throughput.Rate::stepsPerSecond);
            return String.format(Locale.ROOT, "  %-24s %-34s %s%n", name, spread.text("%,.0f"), ratio);
        }

        private String ratio(List<Throughput.Rate> rates) {
            return Spread.ofRatios(rates, one, Throughput.Rate::stepsPerSecond).text("%.2f") + " times";
        }

        String split() {
            return String.format(
                    Locale.ROOT,
                    "%-9s %-9s %9.3f  %9.3f  %9.3f  %9.3f  %9.3f  %9.3f",
                    setting.name(),
                    kind(),
                    Spread.of(one, Throughput.Rate::envMicros).median(),
                    Spread.of(one, Throughput.Rate::inferenceMicros).median(),
                    Spread.of(one, Throughput.Rate::sampleMicros).median(),
                    Spread.of(one, Throughput.Rate::learnMicros).median(),
                    Spread.of(one, Throughput.Rate::restMicros).median(),
                    Spread.of(one, Throughput.Rate::stepMicros).median());
        }
    }
}
