package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.policy.Policy;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;
import org.rltune.random.Pcg64;

/**
 * Compiles and runs the README's service as a user would: with the packaged jar of the library and Jackson's alone, in a JVM
 * of its own, without the Vector API.
 */
final class ServiceExampleTest {
    @TempDir
    Path folder;

    /** The library's jar, where Maven has packaged it before this module (mvn verify), or that of -Drltune.jar. */
    private static Path jar() throws Exception {
        Path library = Path.of(System.getProperty(
                "rltune.jar",
                Path.of(Policy.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString()));
        assumeTrue(
                library.toString().endsWith(".jar"),
                "the library is not packaged: run mvn verify in the root, or give -Drltune.jar");
        return library;
    }

    private static String classPath(Path jar) throws Exception {
        List<String> parts = new ArrayList<>(List.of(jar.toString()));
        for (String type : List.of(
                "com.fasterxml.jackson.core.JsonFactory",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "com.fasterxml.jackson.annotation.JsonFormat")) {
            parts.add(Path.of(Class.forName(type)
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("README.md"))) {
            at = at.getParent();
        }
        return at;
    }

    /** The code block of the README that has the service. */
    private static String source() throws IOException {
        String readme = Files.readString(root().resolve("README.md"));
        int at = readme.indexOf("public final class PolicyService");
        int from = readme.lastIndexOf("```java\n", at) + "```java\n".length();
        return readme.substring(from, readme.indexOf("```", at));
    }

    private String compiled(String classPath) throws IOException {
        Path file = folder.resolve("PolicyService.java");
        String source = source();
        assertThat(source.lines().filter(line -> !line.isBlank()).count())
                .as("lines without blank ones and imports")
                .isLessThanOrEqualTo(25);
        assertThat(source.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("import"))
                        .count())
                .as("lines beside imports")
                .isLessThanOrEqualTo(20);
        Files.writeString(file, source);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-classpath", classPath, "-d", classes.toString(), file.toString());
        assertThat(failed).as("what the compiler returned").isZero();
        return classes + File.pathSeparator + classPath;
    }

    @Test
    void theServiceOfTheReadmeActsWithTheSameBitsInAJvmOfItsOwn() throws Exception {
        Path jar = jar();
        Path checkpoint = folder.resolve("checkpoint");
        Policy policy;
        try (PpoTrainer trainer = PpoConfig.of("Pendulum-v1")
                .trainBatchSize(256)
                .observationFilter("MeanStdFilter")
                .build()) {
            trainer.train();
            trainer.policy().save(checkpoint);
            policy = Policy.fromFiles(trainer.policy().files());
        }
        String runPath = compiled(classPath(jar));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        runPath,
                        "PolicyService",
                        checkpoint.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        try {
            ask(service, policy, port);
        } finally {
            service.destroy();
            service.waitFor(10, TimeUnit.SECONDS);
            service.destroyForcibly();
        }
    }

    private void ask(Process service, Policy policy, int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        URI uri = URI.create("http://127.0.0.1:" + port + "/act");
        Pcg64 random = new Pcg64(5);
        List<String> questions = Stream.generate(() -> {
                    double angle = random.uniform(-3, 3);
                    return Json.write(new float[] {
                        (float) StrictMath.cos(angle), (float) StrictMath.sin(angle), (float) random.uniform(-8, 8)
                    });
                })
                .limit(60)
                .toList();
        waitFor(service, client, uri, questions.get(0));
        List<CompletableFuture<HttpResponse<String>>> answers = questions.stream()
                .map(question -> client.sendAsync(request(uri, question), HttpResponse.BodyHandlers.ofString()))
                .toList();
        for (int i = 0; i < questions.size(); i++) {
            assertThat(answers.get(i).get(30, TimeUnit.SECONDS).body())
                    .as("observation %s", questions.get(i))
                    .isEqualTo(policy.actJson(questions.get(i)));
        }
    }

    private static HttpRequest request(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void waitFor(Process service, HttpClient client, URI uri, String question) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                client.send(request(uri, question), HttpResponse.BodyHandlers.ofString());
                return;
            } catch (IOException notYet) {
                if (!service.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError(
                            "the service does not answer; it said: " + Files.readString(folder.resolve("output")),
                            notYet);
                }
                Thread.sleep(50);
            }
        }
    }
}
