package org.rltune.tune.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.rltune.tune.space.Domain.choice;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;

/**
 * Lets real TensorBoard read a run under population based training, over its HTTP interface. It runs where the Python that
 * the environment variable {@code RLTUNE_PYTHON} names (or else {@code python3}) has the package tensorboard.
 */
final class RealTensorBoardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path results;

    @Test
    void readsScalarsAndHParams() throws Exception {
        String python = Objects.requireNonNullElse(System.getenv("RLTUNE_PYTHON"), "python3");
        assumeTrue(
                hasTensorBoard(python),
                python + " cannot import tensorboard. Install it, or name another Python in RLTUNE_PYTHON.");
        ExperimentAnalysis analysis =
                TensorBoardLoggerTest.run(results, Map.of("net", choice("small", "large"), "fixed", true));
        int port = freePort();
        Process tensorBoard = new ProcessBuilder(
                        python,
                        "-m",
                        "tensorboard.main",
                        "--logdir",
                        analysis.folder().toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(results.resolve("tensorboard.log").toFile())
                .start();
        try {
            String base = "http://127.0.0.1:" + port + "/data/plugin/";
            List<?> ids = analysis.trials().stream().map(Trial::id).toList();
            await(() ->
                    Json.asObject(get(base + "scalars/tags"), "tags").keySet().containsAll(ids));
            for (Trial trial : analysis.trials()) {
                checkScalars(base, trial);
            }
            checkHParams(base, analysis);
        } finally {
            tensorBoard.destroy();
            if (!tensorBoard.waitFor(10, TimeUnit.SECONDS)) {
                tensorBoard.destroyForcibly();
            }
        }
    }

    private static void checkScalars(String base, Trial trial) throws Exception {
        for (String column : List.of("reward", "hp/lr")) {
            String query =
                    "scalars/scalars?run=" + trial.id() + "&tag=" + URLEncoder.encode(column, StandardCharsets.UTF_8);
            List<?> points = (List<?>) get(base + query);
            List<Map<String, Object>> rows = trial.rows().stream()
                    .filter(row -> row.containsKey(column.replace("hp/", "config/")))
                    .toList();
            assertThat(points).hasSameSizeAs(rows);
            for (int i = 0; i < rows.size(); i++) {
                List<?> point = (List<?>) points.get(i); // [wall time, step, value]
                assertThat(((Number) point.get(1)).longValue())
                        .isEqualTo(rows.get(i).get("timesteps_total"));
                double value = ((Number) rows.get(i).get(column.replace("hp/", "config/"))).doubleValue();
                assertThat(((Number) point.get(2)).doubleValue()).isCloseTo(value, within(1e-6 * Math.abs(value)));
            }
        }
    }

    private static void checkHParams(String base, ExperimentAnalysis analysis) throws Exception {
        Map<String, Object> experiment = Json.asObject(post(base + "hparams/experiment", "{}"), "experiment");
        List<?> infos = (List<?>) experiment.get("hparamInfos");
        assertThat(infos.stream()
                        .map(info -> ((Map<?, ?>) info).get("name"))
                        .toList()
                        .toString())
                .isEqualTo("[fixed, lr, net]");
        String request = "{\"startIndex\": 0, \"sliceSize\": 100, \"allowedStatuses\": [\"STATUS_SUCCESS\"], "
                + "\"colParams\": [{\"metric\": {\"group\": \"\", \"tag\": \"reward\"}}, {\"hparam\": \"lr\"}]}";
        List<?> groups = (List<?>) Json.asObject(post(base + "hparams/session_groups", request), "groups")
                .get("sessionGroups");
        assertThat(groups).hasSameSizeAs(analysis.trials());
        for (Object group : groups) {
            Map<String, Object> one = Json.asObject(group, "group");
            Trial trial = analysis.trial(String.valueOf(one.get("name")));
            Map<String, Object> values = Json.asObject(one.get("hparams"), "hparams");
            assertThat(values.get("lr")).isEqualTo(trial.config().getDouble("lr"));
            assertThat(values.get("net")).isEqualTo(trial.config().get("net"));
            assertThat(values.get("fixed")).isEqualTo(true);
            String metrics = String.valueOf(one.get("metricValues"));
            assertThat(metrics).contains("tag=reward", "trainingStep=12000");
        }
    }

    private static boolean hasTensorBoard(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import tensorboard.main")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such Python
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("TensorBoard did not show the run within " + PATIENCE + ": "
                        + java.nio.file.Files.readString(results.resolve("tensorboard.log")));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static Object get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    private static Object post(String url, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Object send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("HTTP " + response.statusCode() + ": " + response.body());
        }
        return Json.parse(response.body(), "TensorBoard's answer");
    }
}
