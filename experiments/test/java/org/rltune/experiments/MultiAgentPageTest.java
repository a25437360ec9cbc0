package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.policy.Policy;
import org.rltune.ppo.PolicyMappings;

/** What docs/multi-agent.md shows compiles, and runs. */
final class MultiAgentPageTest {
    private static final String IMPORTS = "import java.nio.file.Path; import java.util.*; import org.rltune.env.*;"
            + " import org.rltune.ppo.*; import org.rltune.space.*;\n";

    @Test
    void itsExamplesCompileAndRun(@TempDir Path folder) throws Exception {
        Path page = Path.of(System.getProperty("basedir", "experiments"))
                .toAbsolutePath()
                .resolveSibling("docs")
                .resolve("multi-agent.md");
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
        List<String> blocks = new ArrayList<>();
        while (block.find()) {
            blocks.add(block.group(1));
        }
        assertThat(blocks).hasSize(4);
        Path source = Files.writeString(
                folder.resolve("Page.java"),
                IMPORTS + blocks.get(0)
                        + "public class Page { public static void page(Path folder) throws Exception {\n"
                        + String.join("\n", blocks.subList(1, 4)) + "}}\n");
        compile(source, folder);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Page").getMethod("page", Path.class).invoke(null, folder);
            assertThat(Policy.load(folder.resolve("first-policy")).act(new float[] {3}))
                    .isIn(0, 1, 2);
        } finally {
            MultiAgentEnvs.unregister("CountToTen-v0");
            PolicyMappings.unregister("league");
        }
    }

    private static void compile(Path source, Path folder) throws Exception {
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
}
