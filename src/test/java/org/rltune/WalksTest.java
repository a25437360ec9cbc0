package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two walks that the README prints lead through files that exist and know each other. */
final class WalksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "An observation, from `step` to the gradient",
                "A hyperparameter, from the search space to the trainer"
            })
    void everyWalkOfTheReadmeCanBeWalked(String heading) throws IOException {
        Path root = repositoryRoot();
        Walk walk = Walk.read(Files.readString(root.resolve("README.md")), heading);
        assertThat(walk.violations(root)).isEmpty();
    }

    /** Surefire tells the module's folder; elsewhere it is looked for upwards. */
    private static Path repositoryRoot() {
        String module = System.getProperty("basedir");
        Path folder = (module == null ? Path.of("") : Path.of(module)).toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("README.md"))) {
            folder = folder.getParent();
        }
        assertThat(folder)
                .as("the folder with README.md, at or above %s", Path.of("").toAbsolutePath())
                .isNotNull();
        return folder;
    }

    @Test
    void followsTheListUnderItsOwnHeading(@TempDir Path root) throws IOException {
        write(root, "A.java", "class A { B b; }");
        write(root, "B.java", "class B {}");
        write(root, "C.java", "class C { B b; }");
        String readme = """
            ## Other
            1. [X](X.java)
            ## The `walk`
            Text with a link to [Y](Y.java).
            1. [A](A.java), then
            2. [B](B.java#L1)
            3. [C](C.java)
            ### Next
            1. [Z](Z.java)
            """;
        Walk walk = Walk.read(readme, "The `walk`");
        assertThat(walk.links()).containsExactly("A.java", "B.java", "C.java");
        assertThat(walk.violations(root)).isEmpty();
    }

    @Test
    void seesABrokenWalk(@TempDir Path root) throws IOException {
        write(root, "A.java", "class A { Bee b; }");
        write(root, "B.java", "class B {}");
        assertThat(Walk.read("## W\n1. [A](A.java)\n2. [B](B.java)", "W").violations(root))
                .singleElement()
                .asString()
                .contains("neither of A.java and B.java");
        assertThat(Walk.read("## W\n1. [A](A.java)\n2. [N](N.java)", "W").violations(root))
                .singleElement()
                .asString()
                .contains("do not exist: [N.java]");
        assertThat(Walk.read("## Another\n1. [A](A.java)", "W").violations(root))
                .singleElement()
                .asString()
                .contains("not 0");
        String eight = "## W\n" + "1. [A](A.java)\n".repeat(8);
        assertThat(Walk.read(eight, "W").violations(root))
                .anyMatch(sentence -> sentence.contains("not 8"))
                .anyMatch(sentence -> sentence.contains("twice"));
    }

    private static void write(Path root, String name, String text) throws IOException {
        Files.writeString(root.resolve(name), text);
    }
}
