package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.Scope;

/** What docs/analysis.md shows compiles, and it names every scope. */
final class AnalysisPageTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "experiments"))
            .toAbsolutePath()
            .getParent()
            .resolve("docs");

    @Test
    void itsExampleCompiles(@TempDir Path folder) throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve("analysis.md")));
        assertThat(block.find()).isTrue();
        String imports = "import java.nio.file.Path; import java.util.List; import org.rltune.plot.*;"
                + " import org.rltune.tune.*; import org.rltune.tune.log.*; import org.rltune.tune.space.*;\n";
        Path source = Files.writeString(
                folder.resolve("Page.java"), imports + "class Page { void page() {\n" + block.group(1) + "}}\n");
        PageCompiler.compile(source, folder);
    }

    @Test
    void itNamesEveryScopeAndItsPictureIsThere() throws Exception {
        String page = Files.readString(DOCS.resolve("analysis.md"));
        assertThat(Arrays.stream(Scope.values()).map(scope -> "| `" + scope + "` |"))
                .allMatch(page::contains);
        assertThat(DOCS.resolve("importance.png")).isNotEmptyFile();
    }
}
