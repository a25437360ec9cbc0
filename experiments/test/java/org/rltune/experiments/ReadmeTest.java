package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works as it stands there. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "experiments"))
            .toAbsolutePath()
            .getParent();

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void itsExampleCompiles(@TempDir Path folder) throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertThat(block.find()).as("a java block in README.md").isTrue();
        Path source = Files.writeString(folder.resolve("Quickstart.java"), block.group(1));
        PageCompiler.compile(source, folder);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            assertThat(loader.loadClass("Quickstart").getMethod("main", String[].class))
                    .isNotNull();
        }
    }

    @Test
    void itsExampleIsShort() throws IOException {
        String body = readme().replaceAll("(?s).*public final class Quickstart \\{\n(.*?)```.*", "$1");
        assertThat(body.lines()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        Matcher link = Pattern.compile("\\]\\(([^)#]+)\\)").matcher(readme());
        Stream.Builder<String> missing = Stream.builder();
        while (link.find()) {
            if (!link.group(1).contains("://") && !Files.exists(ROOT.resolve(link.group(1)))) {
                missing.add(link.group(1));
            }
        }
        assertThat(missing.build()).isEmpty();
    }
}
