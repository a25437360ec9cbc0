package org.rltune.experiments.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs another JVM, the same as this one, and waits for its end. */
final class ChildJvm {
    private final List<String> command = new ArrayList<>();
    private final List<String> unset = new ArrayList<>();
    private final List<String> environment = new ArrayList<>();

    /**
     * How it ended.
     *
     * @param exitCode 0 if all is well
     * @param output both streams, as they came
     * @param seconds from the start of the process to its end
     */
    record Outcome(int exitCode, String output, double seconds) {
        /** The rest of the line that begins with a word, if there is one. */
        Optional<String> line(String word) {
            return output.lines()
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1))
                    .findFirst();
        }
    }

    ChildJvm(List<String> flags) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
    }

    /** A JVM with the Vector API and the classes of this one. */
    static ChildJvm ofOurs(List<String> flags, Class<?> main) {
        ChildJvm child = new ChildJvm(List.of("--add-modules", "jdk.incubator.vector"));
        child.command.addAll(flags);
        child.command.addAll(List.of("-cp", classPath(), main.getName()));
        return child;
    }

    /** Under {@code mvn exec:java} the system property holds Maven's own class path, the class loader ours. */
    private static String classPath() {
        if (ChildJvm.class.getClassLoader() instanceof URLClassLoader loader) {
            List<String> entries = new ArrayList<>();
            for (URL url : loader.getURLs()) {
                try {
                    entries.add(Path.of(url.toURI()).toString());
                } catch (URISyntaxException e) {
                    throw new IllegalStateException("The class path has an entry that is no file: " + url, e);
                }
            }
            return String.join(File.pathSeparator, entries);
        }
        return System.getProperty("java.class.path");
    }

    /** Adds arguments. */
    ChildJvm with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    /** Takes a variable out of the child's environment. */
    ChildJvm without(String variable) {
        unset.add(variable);
        return this;
    }

    /** Sets a variable of the child's environment, as {@code NAME=value}. */
    ChildJvm set(String assignment) {
        environment.add(assignment);
        return this;
    }

    /** Runs it. */
    Outcome run() {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        unset.forEach(builder.environment()::remove);
        for (String assignment : environment) {
            int equals = assignment.indexOf('=');
            builder.environment().put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        long start = System.nanoTime();
        try {
            Process process = builder.start();
            try (InputStream stream = process.getInputStream()) {
                process.getOutputStream().close();
                String output = new String(stream.readAllBytes(), Charset.defaultCharset());
                int exitCode = process.waitFor();
                return new Outcome(exitCode, output, (System.nanoTime() - start) / 1e9);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A JVM cannot be started: " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while another JVM ran.", e);
        }
    }
}
