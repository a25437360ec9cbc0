package org.rltune.experiments;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main of this program in a JVM of its own, on the same class path and with the Vector API.
 *
 * @param java the {@code java} command of the JVM
 * @param flags its flags, beside {@code --add-modules}
 */
public record ChildJvm(Path java, List<String> flags) {
    private static final String VECTOR = "--add-modules=jdk.incubator.vector";
    private static final long POLL_MILLIS = 20;

    /**
     * How a child ended.
     *
     * @param exitCode its exit code
     * @param seconds wall-clock time from before its start to its end
     * @param peakResidentMib the most memory that it had resident, in MiB; known on Linux only
     * @param output what it printed, both streams
     */
    public record Result(int exitCode, double seconds, OptionalLong peakResidentMib, List<String> output) {}

    /** The JVM that this code runs in, with these flags. */
    public static ChildJvm same(String... flags) {
        return new ChildJvm(command(Path.of(System.getProperty("java.home"))), List.of(flags));
    }

    /** The {@code java} command of the JDK in this folder. */
    public static Path command(Path home) {
        Path unix = home.resolve("bin").resolve("java");
        return Files.isExecutable(unix) ? unix : home.resolve("bin").resolve("java.exe");
    }

    /** A copy with another flag. */
    public ChildJvm with(String flag) {
        List<String> more = new ArrayList<>(flags);
        more.add(flag);
        return new ChildJvm(java, List.copyOf(more));
    }

    /**
     * Starts a main, waits for its end, and returns what became of it.
     *
     * @throws IOException when it cannot be started
     */
    public Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("rltune-child", ".txt");
        try {
            long start = System.nanoTime();
            Process process = start(output, main, arguments);
            OptionalLong peak = OptionalLong.empty();
            try {
                while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    OptionalLong now = residentMib(process.pid());
                    peak = now.isPresent() ? now : peak;
                }
            } finally {
                process.destroyForcibly();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Result(process.exitValue(), seconds, peak, Files.readAllLines(output, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * Starts a main and returns at once; the caller ends the process.
     *
     * @param output the file that gets what it prints, both streams
     * @throws IOException when it cannot be started
     */
    public Process start(Path output, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString(), VECTOR));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** The high-water mark of resident memory, as Linux keeps it. */
    private static OptionalLong residentMib(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty(); // another system, or the process has just ended
        }
    }

    /** The class path of this code; Maven's exec:java runs it in a class loader of its own. */
    private static String classPath() {
        if (!(ChildJvm.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        return String.join(
                File.pathSeparator,
                Arrays.stream(loader.getURLs()).map(ChildJvm::file).toList());
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path has " + url + ", which is no file.", e);
        }
    }
}
