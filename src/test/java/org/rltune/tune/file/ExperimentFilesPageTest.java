package org.rltune.tune.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.RunConfig;

/** What docs/experiment-files.md lists is what is read, and its examples are read as it says. */
final class ExperimentFilesPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "src")).toAbsolutePath().resolveSibling("docs/experiment-files.md");

    @TempDir
    Path folder;

    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    static String keys() {
        return RunKeys.TABLE.types().entrySet().stream()
                .map(entry -> "| `" + entry.getKey() + "` | " + entry.getValue() + " |\n")
                .collect(Collectors.joining("", "| key | value |\n|---|---|\n", ""));
    }

    static <T> String kinds(List<Kind<T>> kinds) {
        return kinds.stream()
                .map(kind -> "| `" + kind.name() + "` | "
                        + kind.types().keySet().stream()
                                .map(key -> "`" + key + "`")
                                .collect(Collectors.joining(", "))
                        + " |\n")
                .collect(Collectors.joining("", "| type | settings |\n|---|---|\n", ""));
    }

    @Test
    void listsEverything() throws IOException {
        assertThat(Files.readString(PAGE)).contains(keys(), kinds(Searchers.TABLE), kinds(Schedulers.TABLE));
    }

    @Test
    void itsExampleIsAnExperiment() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), block("yaml"));
        ExperimentFile experiment = ExperimentFile.read(file);
        experiment.apply(new RunConfig());
        assertThat(experiment.trainableName()).isEqualTo("PPO");
    }

    @Test
    void itsErrorIsSaid() throws IOException {
        Path file = Files.writeString(
                folder.resolve("x.yaml"), block("yaml").replace("perturbation_interval", "perturbation_intervall"));
        String error = "";
        try {
            ExperimentFile.read(file);
        } catch (IllegalArgumentException e) {
            error = String.valueOf(e.getMessage());
        }
        assertThat(error).isEqualTo(folder + "/" + block("text").strip());
    }

    @Test
    void itsStopRulesAreRead() throws IOException {
        Matcher row =
                Pattern.compile("^\\| (`\\{[^|]*`) \\|", Pattern.MULTILINE).matcher(Files.readString(PAGE));
        int rules = 0;
        while (row.find()) {
            for (String rule : row.group(1).replace("`", "").split("(?<=\\}), (?=\\{)")) {
                // Settings without a value only name what there is.
                String written = rule.replaceAll("(, [a-z_]+)+\\}", "}")
                        .replace("[...]", "[{key: a, at_least: 1}]")
                        .replace("{...}", "{key: a, at_least: 1}");
                Object tree = Json.parseYaml("run: X\nmetric: m\nstop:\n- " + written + "\n", "page");
                ExperimentFile.read(Files.writeString(folder.resolve("x.json"), Json.write(tree)));
                rules++;
            }
        }
        assertThat(rules).isEqualTo(10);
    }
}
