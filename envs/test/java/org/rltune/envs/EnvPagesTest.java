package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rltune.env.ConfigEntry;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;

/** The pages under {@code docs/envs} say what the registry says. */
final class EnvPagesTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "envs"))
            .toAbsolutePath()
            .resolveSibling("docs")
            .resolve("envs");
    private static final Pattern LINK = Pattern.compile("\\[(.+)]\\((.+)\\)");

    /** The cells of each row of the index that begins with a link or an id. */
    private static Map<String, List<String>> index() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("README.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 8 && cells[1].contains("-v")) {
                List<String> texts = Arrays.stream(cells).map(String::strip).toList();
                Matcher link = LINK.matcher(texts.get(1));
                rows.put(link.matches() ? link.group(1) : texts.get(1), texts);
            }
        }
        return rows;
    }

    @Test
    void theIndexHasTheLimitAndTheThresholdOfEveryEnvironment() throws IOException {
        Map<String, List<String>> rows = index();
        assertThat(rows).hasSizeGreaterThan(12);
        rows.forEach((id, cells) -> {
            EnvSpec spec = Envs.spec(id);
            String steps = spec.maxEpisodeSteps().isPresent()
                    ? Integer.toString(spec.maxEpisodeSteps().getAsInt())
                    : "";
            assertThat(cells.get(5)).as("steps of %s", id).isEqualTo(steps);
            if (spec.rewardThreshold().isPresent()) {
                assertThat(Double.parseDouble(cells.get(6)))
                        .as("threshold of %s", id)
                        .isEqualTo(spec.rewardThreshold().getAsDouble());
            } else {
                assertThat(cells.get(6)).as("threshold of %s", id).isEmpty();
            }
        });
    }

    @Test
    void theIndexNamesEveryEnvironment() throws IOException {
        assertThat(index().keySet()).containsExactlyInAnyOrderElementsOf(Envs.list());
    }

    @Test
    void everyPageNamesItsEnvironmentItsPictureAndEverySettingWithItsDefault() throws IOException {
        for (Map.Entry<String, List<String>> row : index().entrySet()) {
            Matcher link = LINK.matcher(row.getValue().get(1));
            assertThat(link.matches())
                    .as("link to the page of %s", row.getKey())
                    .isTrue();
            String page = Files.readString(FOLDER.resolve(link.group(2)));
            assertThat(page).contains(row.getKey());
            assertThat(page.lines().findFirst().orElseThrow()).startsWith("# ").contains(row.getKey());
            Matcher picture = Pattern.compile("]\\((img/[^)]+)\\)").matcher(page);
            assertThat(picture.find()).as("picture of %s", link.group(2)).isTrue();
            assertThat(FOLDER.resolve(picture.group(1))).isRegularFile();
            List<ConfigEntry> settings =
                    Envs.spec(row.getKey()).configSchema().orElseThrow().entries();
            for (ConfigEntry setting : settings) {
                assertThat(page.lines())
                        .as("%s of %s with its default", setting.name(), row.getKey())
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("| `" + setting.name() + "` |")
                                .contains(value(setting)));
            }
        }
    }

    /** As the pages write a default: no point in a whole number, 1/3; nothing for a list or where there is none. */
    private static String value(ConfigEntry setting) {
        Object value = setting.defaultValue();
        if (value == null || value instanceof List<?>) {
            return "";
        }
        if (value.equals(1.0 / 3)) {
            return "1/3";
        }
        return value.toString().replaceFirst("\\.0$", "");
    }

    /** The sections of Gymnasium's pages, each with something in it. */
    @Test
    void everyPageHasTheSectionsOfGymnasiumsPages() throws IOException {
        List<String> sections = List.of(
                "Description",
                "Action space",
                "Observation space",
                "Rewards",
                "Starting state",
                "Episode end",
                "Arguments",
                "Version history");
        try (Stream<Path> pages = Files.list(FOLDER)) {
            List<Path> found = pages.filter(page -> page.toString().endsWith(".md") && !page.endsWith("README.md"))
                    .toList();
            assertThat(found).hasSizeGreaterThan(12);
            for (Path page : found) {
                String text = Files.readString(page);
                assertThat(text.lines()
                                .filter(line -> line.startsWith("## "))
                                .map(line -> line.substring(3))
                                .filter(sections::contains))
                        .as(page.toString())
                        .containsExactlyElementsOf(sections);
                for (String section : sections) {
                    String rest = text.substring(text.indexOf("## " + section) + 3 + section.length());
                    assertThat(rest.strip())
                            .as("%s of %s", section, page)
                            .isNotEmpty()
                            .doesNotStartWith("## ");
                }
            }
        }
    }
}
