package org.rltune.experiments.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rltune.experiments.ChildJvm;

/**
 * Runs a Java source, kept among the resources, in a JVM of its own on the jars of a folder. So libraries with native
 * code are measured that no class path of ours ever holds.
 */
final class SourceJvm {
    private final String source;
    private final Path jars;
    private final String profile;
    private final List<String> flags;

    /**
     * Names what to run.
     *
     * @param source the file's name; it lies beside this class
     * @param jars the folder of the jars
     * @param profile the profile of Maven that fills this folder
     * @param flags of the JVM
     */
    SourceJvm(String source, Path jars, String profile, List<String> flags) {
        this.source = source;
        this.jars = jars;
        this.profile = profile;
        this.flags = flags;
    }

    /** The command that fills the folder. */
    String remedy() {
        return "mvn -P" + profile + " compile";
    }

    /**
     * Returns what follows a word on the only line of the output that begins with it.
     *
     * @throws IllegalArgumentException if the jars are not there, or the program failed
     */
    String answer(String word, Map<String, String> environment, List<String> unset, String... arguments)
            throws IOException, InterruptedException {
        if (!hasJars()) {
            throw new IllegalArgumentException("There are no jars in " + jars + ". Get them with " + remedy()
                    + ", in the root of the repository.");
        }
        Path folder = Files.createTempDirectory("rltune-bench");
        Path file = folder.resolve(source);
        try {
            try (InputStream text = SourceJvm.class.getResourceAsStream(source)) {
                if (text == null) {
                    throw new IllegalStateException("The resource " + source + " is missing.");
                }
                Files.copy(text, file);
            }
            String output = run(file, environment, unset, arguments);
            return output.lines()
                    .filter(line -> line.startsWith(word + " "))
                    .findFirst()
                    .map(line -> line.substring(word.length() + 1))
                    .orElseThrow(() -> new IllegalArgumentException(source + " gave no answer. It said: " + output));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private String run(Path file, Map<String, String> environment, List<String> unset, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ChildJvm.command(Path.of(System.getProperty("java.home"))).toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", jars.resolve("*").toString(), file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        unset.forEach(builder.environment()::remove);
        Process process = builder.start();
        try (InputStream stream = process.getInputStream()) {
            String output = new String(stream.readAllBytes(), Charset.defaultCharset());
            process.waitFor();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean hasJars() throws IOException {
        if (!Files.isDirectory(jars)) {
            return false;
        }
        try (Stream<Path> files = Files.list(jars)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        }
    }
}
