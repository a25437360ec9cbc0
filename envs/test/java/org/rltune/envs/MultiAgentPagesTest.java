package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rltune.env.ConfigEntry;
import org.rltune.env.EnvReport;
import org.rltune.env.MultiAgentEnv;
import org.rltune.env.MultiAgentEnvChecker;
import org.rltune.env.MultiAgentEnvs;

/** The pages of environments with several agents say what the registry says, and the checker finds nothing. */
final class MultiAgentPagesTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "envs"))
            .toAbsolutePath()
            .resolveSibling("docs")
            .resolve("envs");
    private static final Pattern LINK = Pattern.compile("\\[(.+-v\\d+)]\\((.+)\\)");

    /** Page by id: the rows of the index with five cells. */
    private static Map<String, Path> pages() throws IOException {
        Map<String, Path> pages = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("README.md"))) {
            String[] cells = line.split("\\|", -1);
            Matcher link = cells.length == 7 ? LINK.matcher(cells[1].strip()) : LINK.matcher("");
            if (link.matches()) {
                pages.put(link.group(1), FOLDER.resolve(link.group(2)));
            }
        }
        return pages;
    }

    @Test
    void theIndexNamesEveryEnvironmentAndEveryPageItsAgentsItsPictureAndItsSettings() throws IOException {
        Map<String, Path> pages = pages();
        assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(MultiAgentEnvs.list());
        for (Map.Entry<String, Path> entry : pages.entrySet()) {
            String page = Files.readString(entry.getValue());
            assertThat(page).startsWith("# " + entry.getKey());
            Matcher picture = Pattern.compile("]\\((img/[^)]+)\\)").matcher(page);
            assertThat(picture.find()).isTrue();
            assertThat(FOLDER.resolve(picture.group(1))).isNotEmptyFile();
            for (ConfigEntry setting : MultiAgentEnvs.spec(entry.getKey())
                    .configSchema()
                    .orElseThrow()
                    .entries()) {
                assertThat(page).contains("| `" + setting.name() + "` |");
            }
            try (MultiAgentEnv env = MultiAgentEnvs.make(entry.getKey())) {
                env.possibleAgents().forEach(agent -> assertThat(page).contains("`" + agent + "`"));
            }
        }
    }

    @Test
    void theCheckerFindsNothing() {
        for (String id : MultiAgentEnvs.list()) {
            EnvReport report = MultiAgentEnvChecker.check(id);
            assertThat(report.findings()).as(report.toString()).isEmpty();
        }
    }
}
