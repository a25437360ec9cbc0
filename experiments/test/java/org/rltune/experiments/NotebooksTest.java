package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.json.Json;

/** The notebooks are kept as they were executed; CI executes them anew where there is a Python. */
final class NotebooksTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "..", "notebooks");

    @ParameterizedTest
    @ValueSource(strings = {"1-first-agent", "2-your-own-environment", "3-tune-with-pbt"})
    void holdsWhatItsCellsAnswered(String name) throws Exception {
        Path file = FOLDER.resolve(name + ".ipynb");
        assertThat(Files.size(file)).isLessThan(300_000);
        String text = Files.readString(file);
        assertThat(text).doesNotContain("/tmp/", "/home/", "/root/", "\"output_type\": \"error\"", "PrintStream@");
        Map<String, Object> notebook = Json.readObject(file);
        assertThat(Json.asObject(
                        Json.asObject(notebook.get("metadata"), "metadata").get("kernelspec"), "kernelspec"))
                .containsEntry("name", "rltune-java");
        List<Map<String, Object>> code = Json.asList(notebook.get("cells"), "cells").stream()
                .map(cell -> Json.asObject(cell, "cell"))
                .filter(cell -> "code".equals(cell.get("cell_type")))
                .collect(Collectors.toList());
        for (int i = 0; i < code.size(); i++) {
            assertThat(code.get(i).get("execution_count")).as("cell %d", i).isEqualTo(i + 1L);
        }
        assertThat(text).as("a picture").contains("\"image/png\"");
    }
}
