package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void theRecordedVersionIsThatOfTheBuild() throws IOException {
        Path root =
                Path.of(System.getProperty("basedir", "src")).toAbsolutePath().getParent();
        assertThat(Files.readString(root.resolve("pom.xml")))
                .containsSubsequence(
                        "<artifactId>rltune-parent</artifactId>", "<version>" + Version.RLTUNE + "</version>");
    }
}
