package org.rltune.tune.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.uniform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.Tune;
import org.rltune.protobuf.ProtoMessage;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.Trial;
import org.rltune.tune.TrialsFailedException;
import org.rltune.tune.log.EventFileReader.Message;
import org.rltune.tune.schedule.PopulationBasedTraining;

/** The event files of a run under population based training, read back field by field with every checksum. */
final class TensorBoardLoggerTest {
    @TempDir
    Path results;

    @Test
    void readsTheCheckValueOfTheChecksum() {
        assertThat(EventFileReader.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0xE3069283); // the check value that every catalogue of CRCs gives for CRC-32C
    }

    @Test
    void writesEveryNumberOfEveryRowOnAnAxisThatNeverStepsBack() throws IOException {
        ExperimentAnalysis analysis = run(results, Map.of());
        assertThat(analysis.decisions().stream()
                        .anyMatch(record -> record.decision() instanceof org.rltune.tune.Decision.Exploit))
                .isTrue();
        for (Trial trial : analysis.trials()) {
            List<Message> events = events(trial);
            assertThat(events.get(0).text(3)).isEqualTo("brain.Event:2");
            List<Long> steps = events.stream()
                    .filter(event -> !scalars(event).isEmpty())
                    .map(event -> event.integer(2))
                    .toList();
            assertThat(steps).hasSize(12).isSorted().doesNotHaveDuplicates();
            for (int i = 0; i < 12; i++) {
                Map<String, Object> row = trial.rows().get(i);
                assertThat(steps.get(i)).isEqualTo(row.get("timesteps_total"));
                Map<String, Float> scalars = scalarsAt(events, steps.get(i));
                assertThat(scalars.get("hp/lr")).isEqualTo(((Number) row.get("config/lr")).floatValue());
                assertThat(scalars.get("reward"))
                        .isEqualTo(row.get("reward") instanceof Number n ? (Float) n.floatValue() : null);
                assertThat(scalars)
                        .containsKeys("training_iteration", "time_this_iter_s")
                        .doesNotContainKeys("odd, \"metric\"", "pid", "timestamp");
            }
        }
    }

    @Test
    void declaresDomainsAndMetricsAndFollowsEveryExploit() throws IOException {
        ExperimentAnalysis analysis = run(results, Map.of("net", choice("small", "large"), "fixed", true));
        for (Trial trial : analysis.trials()) {
            Map<String, Message> plugin = hparams(trial);
            Message experiment = plugin.get("_hparams_/experiment").message(2);
            assertThat(experiment.messages(5).stream()
                            .map(info -> info.message(1).text(2)))
                    .containsExactly("reward", "training_iteration", "timesteps_total");
            Map<String, Message> infos = new LinkedHashMap<>();
            experiment.messages(4).forEach(info -> infos.put(info.text(1), info));
            assertThat(infos).containsOnlyKeys("lr", "net", "fixed");
            assertThat(infos.get("lr").integer(4)).isEqualTo(3);
            assertThat(infos.get("lr").message(6).number(1)).isZero();
            assertThat(infos.get("lr").message(6).number(2)).isEqualTo(1);
            assertThat(infos.get("net").integer(4)).isEqualTo(1);
            assertThat(infos.get("net").message(5).messages(1).stream().map(value -> value.text(3)))
                    .containsExactly("small", "large");
            assertThat(infos.get("fixed").integer(4)).isEqualTo(2);

            Message start = plugin.get("_hparams_/session_start_info").message(3);
            Map<String, Message> values = new LinkedHashMap<>();
            start.messages(1).forEach(entry -> values.put(entry.text(1), entry.message(2)));
            assertThat(values.get("lr").number(2)).isEqualTo(trial.config().getDouble("lr"));
            assertThat(values.get("net").text(3)).isEqualTo(trial.config().get("net"));
            assertThat(values.get("fixed").integer(4)).isEqualTo(1);
            assertThat(plugin.get("_hparams_/session_end_info").message(4).integer(1))
                    .isEqualTo(1);
        }
        assertThat(analysis.trials())
                .anySatisfy(trial -> assertThat(trial.config()).isNotEqualTo(trial.initialConfig()));
    }

    @Test
    void tellsOfExploitsInWordsAndOfFailuresInTheStatus() throws IOException {
        try {
            run(results, Map.of("fail_at", 9));
        } catch (TrialsFailedException e) {
            for (Trial trial : e.analysis().trials()) {
                assertThat(hparams(trial)
                                .get("_hparams_/session_end_info")
                                .message(4)
                                .integer(1))
                        .isEqualTo(2);
                List<String> texts = texts(trial, "exploits");
                assertThat(texts).hasSize(trial.lineage().size() > 1 ? texts.size() : 0);
                assertThat(texts).allSatisfy(text -> assertThat(text).startsWith(trial.id() + " copies "));
                assertThat(texts(trial, "config")).singleElement().asString().contains("| fail_at | 9 |");
            }
            return;
        }
        throw new AssertionError("the trials should have failed");
    }

    @Test
    void countsHistograms() {
        ProtoMessage summary = new ProtoMessage();
        Summaries.histogram(summary, "returns", new double[] {0, 1, 1, 15, 30});
        Message histogram =
                EventFileReader.parse(summary.toByteArray()).message(1).message(5);
        assertThat(histogram.number(1)).isZero();
        assertThat(histogram.number(2)).isEqualTo(30);
        assertThat(histogram.number(3)).isEqualTo(5);
        assertThat(histogram.number(4)).isEqualTo(47);
        assertThat(histogram.number(5)).isEqualTo(1 + 1 + 225 + 900);
        double[] limits = histogram.numbers(6);
        double[] counts = histogram.numbers(7);
        assertThat(limits).hasSize(30).isSorted();
        assertThat(counts[0]).isEqualTo(3);
        assertThat(counts[14]).isEqualTo(1);
        assertThat(counts[29]).isEqualTo(1);
        ProtoMessage one = new ProtoMessage();
        Summaries.histogram(one, "constant", new double[] {2, 2});
        assertThat(EventFileReader.parse(one.toByteArray())
                        .message(1)
                        .message(5)
                        .numbers(7))
                .containsExactly(2);
    }

    private static List<Message> events(Trial trial) throws IOException {
        try (Stream<Path> files = Files.list(trial.folder())) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith("events.out"))
                    .sorted()
                    .toList();
            assertThat(found).hasSize(2);
            assertThat(found.get(0)).hasFileName(TensorBoardLogger.HPARAMS_FILE);
            return EventFileReader.read(found.get(1));
        }
    }

    private static Map<String, Message> hparams(Trial trial) throws IOException {
        Map<String, Message> contents = new LinkedHashMap<>();
        for (Message event : EventFileReader.read(trial.folder().resolve(TensorBoardLogger.HPARAMS_FILE))) {
            for (Message value : event.has(5) ? event.message(5).messages(1) : List.<Message>of()) {
                Message plugin = value.message(9).message(1);
                assertThat(plugin.text(1)).isEqualTo("hparams");
                contents.put(value.text(1), EventFileReader.parse(plugin.bytes(2)));
            }
        }
        return contents;
    }

    private static Map<String, Float> scalars(Message event) {
        Map<String, Float> scalars = new LinkedHashMap<>();
        if (event.has(5)) {
            event.message(5).messages(1).stream()
                    .filter(value -> value.has(2))
                    .forEach(value -> scalars.put(value.text(1), value.single(2)));
        }
        return scalars;
    }

    private static Map<String, Float> scalarsAt(List<Message> events, long step) {
        Map<String, Float> all = new LinkedHashMap<>();
        events.stream().filter(event -> event.integer(2) == step).forEach(event -> all.putAll(scalars(event)));
        return all;
    }

    private static List<String> texts(Trial trial, String tag) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Message event : events(trial)) {
            if (event.has(5)) {
                event.message(5).messages(1).stream()
                        .filter(value -> value.text(1).equals(tag))
                        .forEach(value -> texts.add(value.message(8).text(8)));
            }
        }
        return texts;
    }

    static ExperimentAnalysis run(Path results, Map<String, ?> more) {
        Map<String, Object> space = new LinkedHashMap<>(Map.of("lr", uniform(0, 1)));
        space.putAll(new java.util.TreeMap<>(more));
        return Tune.run(
                Climber.SPEC,
                config -> config.name("run")
                        .scheduler(PopulationBasedTraining.builder()
                                .perturbationInterval(4)
                                .build())
                        .numSamples(4)
                        .metric("reward")
                        .mode(Mode.MAX)
                        .stop("training_iteration", 12)
                        .seed(3)
                        .threads(2)
                        .plots(false)
                        .storagePath(results)
                        .out(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                        .config(space));
    }
}
