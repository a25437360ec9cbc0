package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of hyperparameters in the documentation is that of the code. */
class PpoPageTest {
    private static String table() {
        return PpoParams.all().stream()
                .map(param -> "| `" + param.name() + "` | `" + standard(param) + "` | " + param.range() + " | "
                        + (param.fixed() ? "no" : "yes") + " | " + param.doc() + " |")
                .collect(Collectors.joining(
                        "\n",
                        "| name | default | values | can change while training | what it does |\n"
                                + "|---|---|---|---|---|\n",
                        "\n"));
    }

    private static String standard(PpoParam param) {
        String nothing = param.name().equals("env") ? "(required)" : "(none)";
        return param.standard().equals("") ? nothing : param.standard().toString();
    }

    @Test
    void theDocumentedTableIsThatOfTheCode() throws IOException {
        Path root =
                Path.of(System.getProperty("basedir", "src")).toAbsolutePath().getParent();
        String page = Files.readString(root.resolve("docs/ppo.md"));
        assertThat(page).as("docs/ppo.md must hold this table:\n%s", table()).contains(table());
    }
}
