package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        PageCompiler.compile(source, folder);
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
}
