package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/gymnasium-registry.md shows compiles, runs and is true. */
final class RegistryDocTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "src"))
            .toAbsolutePath()
            .getParent()
            .resolve("docs/gymnasium-registry.md");

    private static List<String> blocks() throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    @AfterEach
    void unregister() {
        if (Envs.list().contains("shop/Queue-v0")) {
            Envs.unregister("shop/Queue-v0");
        }
    }

    @Test
    void itsJavaRunsAndFindsNothingToComplainAbout(@TempDir Path folder) throws Exception {
        String statements = blocks().stream()
                .filter(block -> !block.startsWith("final class"))
                .collect(Collectors.joining());
        String classes = blocks().stream()
                .filter(block -> block.startsWith("final class"))
                .collect(Collectors.joining());
        Path source = Files.writeString(
                folder.resolve("Page.java"),
                "import java.util.Map;\nimport org.rltune.env.*;\nimport org.rltune.space.*;\n"
                        + "public final class Page {\n public static Object[] run() {\n" + statements
                        + "return new Object[] {help, report, env, quick};\n}\nstatic " + classes + "}\n");
        compile(folder, source);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Object[] results =
                    (Object[]) loader.loadClass("Page").getMethod("run").invoke(null);
            assertThat(Files.readString(PAGE)).contains("// " + results[0]);
            assertThat(((EnvReport) results[1]).findings()).isEmpty();
            EnvSpec made = ((Env<?, ?>) results[2]).spec().orElseThrow();
            assertThat(made.defaultConfig()).containsEntry("rate", 3.0);
            EnvSpec quick = ((Env<?, ?>) results[3]).spec().orElseThrow();
            assertThat(quick.maxEpisodeSteps()).hasValue(50);
            assertThat(quick.defaultConfig()).containsEntry("rate", 5.0);
        }
    }

    private static void compile(Path folder, Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    folder.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "--release",
                    "17");
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    @Test
    void namesTestsThatExist() throws Exception {
        List<String> names = Pattern.compile("`(\\w+Test)\\.(\\w+)`((?:, `\\w+`)*)")
                .matcher(Files.readString(PAGE))
                .results()
                .flatMap(match -> Pattern.compile("\\w+")
                        .matcher(match.group(2) + match.group(3))
                        .results()
                        .map(method -> match.group(1) + "." + method.group()))
                .toList();
        assertThat(names).hasSizeGreaterThan(20);
        for (String name : names) {
            String[] parts = name.split("\\.");
            assertThat(Class.forName("org.rltune.env." + parts[0]).getDeclaredMethods())
                    .as(name)
                    .anyMatch(method -> method.getName().equals(parts[1]));
        }
    }
}
