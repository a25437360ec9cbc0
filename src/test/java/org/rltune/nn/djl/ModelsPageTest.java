package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.policy.ConvFilters;
import org.rltune.policy.NetworkSize;
import org.rltune.ppo.PpoConfig;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;

/** What docs/models.md shows compiles and does what it says. */
final class ModelsPageTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "src"))
            .toAbsolutePath()
            .getParent()
            .resolve("docs");

    private static String page() throws Exception {
        return Files.readString(DOCS.resolve("models.md"));
    }

    private static String block(String language) throws Exception {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page());
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Test
    void itsExampleIsANetworkThatRuns(@TempDir Path folder) throws Exception {
        String imports = "import ai.djl.ndarray.*; import ai.djl.nn.*; import ai.djl.nn.core.*; import java.util.*;"
                + " import org.rltune.nn.djl.*; import org.rltune.ppo.*;\n";
        Path source = Files.writeString(
                folder.resolve("Page.java"),
                imports + "public class Page { public static PpoConfig page() {\n" + block("java")
                        + "return config; }}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            List<String> options =
                    List.of("-d", folder.toString(), "-proc:none", "-cp", path, "--release", "17", "-Xlint:none");
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ModelsPageTest.class.getClassLoader())) {
            PpoConfig config =
                    (PpoConfig) loader.loadClass("Page").getMethod("page").invoke(null);
            assertThat(config.framework()).isEqualTo("djl");
            DjlActorCritic network =
                    DjlNetworks.create(config.model(), new NetworkSize(4, 2, 0), Box.of(-1, 1, 4), 0, 0, new Pcg64(1));
            assertThat(network.parameters()).hasSize(5 * 64 + 2 * 65 * 64 + 65 * 3);
            network.forward(network.workspace(1), new float[4], 0, 1);
        } finally {
            DjlModels.unregister("residual");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void itsSettingsAreAccepted() throws Exception {
        Map<String, Object> file = (Map<String, Object>) Json.parseYaml(block("yaml"), "models.md");
        PpoConfig config = PpoConfig.fromMap((Map<String, Object>) file.get("config"));
        assertThat(config.framework()).isEqualTo("djl");
        assertThat(config.model().convFilters().layers()).hasSize(2);
    }

    @Test
    void itsTableOfNamesIsThatOfTheCode() throws Exception {
        for (String name : List.of("nature", "small")) {
            ConvFilters filters = ConvFilters.parse(name);
            StringBuilder layers = new StringBuilder();
            for (ConvFilters.Layer layer : filters.layers()) {
                layers.append(layers.isEmpty() ? "" : ", ")
                        .append("[" + layer.filters() + ", " + layer.kernelHeight() + ", " + layer.stride() + "]");
            }
            assertThat(page())
                    .contains("| `" + name + "` | " + layers + " | "
                            + filters.dense().get(0) + " |");
        }
    }

    @Test
    void itNamesTheCoordinatesThatTheErrorsName() throws Exception {
        String page = page().replaceAll("\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>", ":$1:$2");
        for (String coordinates :
                List.of("pytorch-engine:0.36.0", "pytorch-jni:2.7.1-0.36.0", "pytorch-native-cpu:2.7.1")) {
            assertThat(page).contains(coordinates);
            assertThat(DjlProvider.REMEDY).contains(coordinates);
        }
    }
}
