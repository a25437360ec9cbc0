package org.rltune.experiments.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
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
     * Starts the program; it lives until it is closed.
     *
     * @throws IllegalArgumentException if the jars are not there
     */
    Running start(Map<String, String> environment, List<String> unset, String... arguments) throws IOException {
        if (!hasJars()) {
            throw new IllegalArgumentException("There are no jars in " + jars + ". Get them with " + remedy()
                    + ", in the root of the repository.");
        }
        Path folder = Files.createTempDirectory("rltune-bench");
        Path file = folder.resolve(source);
        try (InputStream text = SourceJvm.class.getResourceAsStream(source)) {
            if (text == null) {
                throw new IllegalStateException("The resource " + source + " is missing.");
            }
            Files.copy(text, file);
        }
        List<String> command = new ArrayList<>();
        command.add(ChildJvm.command(Path.of(System.getProperty("java.home"))).toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", jars.resolve("*").toString(), file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        unset.forEach(builder.environment()::remove);
        return new Running(source, file, builder.start());
    }

    /** A program that runs: it may be asked line by line. */
    static final class Running implements AutoCloseable {
        private final String source;
        private final Path file;
        private final Process process;
        private final BufferedReader output;
        private final Writer input;

        private Running(String source, Path file, Process process) {
            this.source = source;
            this.file = file;
            this.process = process;
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), Charset.defaultCharset()));
            input = new OutputStreamWriter(process.getOutputStream(), Charset.defaultCharset());
        }

        /**
         * Returns what follows a word on the next line that begins with it.
         *
         * @throws IllegalArgumentException if the program ended before it said so
         */
        String answer(String word) throws IOException {
            StringBuilder others = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(word + " ")) {
                    return line.substring(word.length() + 1);
                }
                others.append(line).append(System.lineSeparator());
            }
            throw new IllegalArgumentException(source + " gave no answer. It said: " + others);
        }

        /** Sends a line, and returns the answer to it as {@link #answer(String)}. */
        String answer(String word, String question) throws IOException {
            try {
                input.write(question + System.lineSeparator());
                input.flush();
            } catch (IOException e) {
                // The program has ended; what it said tells why.
                return answer(word);
            }
            return answer(word);
        }

        /** Ends the program by the end of its input, and waits for it. */
        @Override
        public void close() throws IOException {
            try {
                input.close();
                output.transferTo(Writer.nullWriter());
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                process.destroyForcibly();
                Files.deleteIfExists(file);
                Files.deleteIfExists(file.getParent());
            }
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
