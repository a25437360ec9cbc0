package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.random.Seeds;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.space.HyperParams;

@Timeout(120)
final class TuneClassifierTest {
    private static final Seeds SEEDS = Seeds.of(5);
    private static final Path FILE =
            Path.of(System.getProperty("basedir", "experiments")).resolve("configs/digits-asha.yaml");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(FILE.toString()));
        all.addAll(List.of(args));
        return Mains.execute(
                new TuneClassifier(), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    }

    @Test
    void drawsEveryDigitAsOftenAndTheSamePicturesForTheSameSeed() {
        DigitImages images = DigitImages.draw(100, SEEDS.stream("a"));
        int[] counts = new int[10];
        for (int label : images.labels()) {
            counts[label]++;
        }
        assertThat(counts).containsOnly(10);
        assertThat(images.pixels()).hasSize(100 * 100);
        assertThat(DigitImages.draw(100, SEEDS.stream("a")).pixels()).isEqualTo(images.pixels());
        assertThat(DigitImages.draw(100, SEEDS.stream("b")).pixels()).isNotEqualTo(images.pixels());
    }

    @Test
    void knowsTheClassesApartOnlyByTheirPictures() {
        DigitImages train = DigitImages.draw(1000, SEEDS.stream("train"));
        DigitImages test = DigitImages.draw(500, SEEDS.stream("test"));
        assertThat(DigitImages.nearestMeanAccuracy(train, test)).isBetween(0.6, 0.9);
        int[] turned = test.labels().clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (turned[i] + 1) % 10;
        }
        assertThat(DigitImages.nearestMeanAccuracy(train, new DigitImages(test.pixels(), turned)))
                .isLessThan(0.1);
    }

    /** The gradient of the cross entropy by its own definition: a network that knows nothing loses ln 10 nats. */
    @Test
    void learnsFromTheLossOfAGuesser() {
        DigitImages train = DigitImages.draw(1000, SEEDS.stream("train"));
        DigitClassifier classifier = new DigitClassifier(HyperParams.of(Map.of("lr", 0.01)), SEEDS);
        DigitClassifier.Quality before = classifier.evaluate(train);
        assertThat(before.loss()).isCloseTo(Math.log(10), within(0.05));
        assertThat(before.accuracy()).isLessThan(0.3);
        double first = classifier.epoch(train, SEEDS.stream("order", 0));
        double last = first;
        for (int epoch = 1; epoch < 8; epoch++) {
            last = classifier.epoch(train, SEEDS.stream("order", epoch));
        }
        assertThat(last).isLessThan(0.5 * first);
        assertThat(classifier.evaluate(train).accuracy()).isGreaterThan(0.85);
    }

    @Test
    void goesOnFromItsCheckpointBitForBit() {
        DigitImages train = DigitImages.draw(200, SEEDS.stream("train"));
        HyperParams config = HyperParams.of(Map.of("input_noise", 0.2, "l2", 0.01, "layers", 2, "hidden", 8));
        DigitClassifier one = new DigitClassifier(config, SEEDS);
        one.epoch(train, SEEDS.stream("order", 0));
        DigitClassifier two = new DigitClassifier(config, Seeds.of(99));
        two.restore(one.save());
        one.epoch(train, SEEDS.stream("order", 1));
        two.epoch(train, SEEDS.stream("order", 1));
        assertThat(two.save()).isEqualTo(one.save());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DigitClassifier(HyperParams.of(Map.of("hidden", 9)), SEEDS).restore(two.save()))
                .withMessageContainingAll("bytes", "config that it was trained with");
    }

    @Test
    void beatsTheBaselinesAndStopsMostTrialsEarly() throws Exception {
        Path record = folder.resolve("records/classifier.md");
        int code = run(
                "--trials=16",
                "--epochs=9",
                "--pictures=1000",
                "--verbose=0",
                "--results=" + folder,
                "--name=small",
                "--record=" + record);
        assertThat(code).as(err.toString()).isZero();
        List<Double> accuracies = out.toString()
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| classifier"))
                .map(line -> Double.valueOf(line.split("\\|")[2].strip()))
                .toList();
        assertThat(accuracies).hasSize(3);
        assertThat(accuracies.get(2))
                .as("the best trial, over the nearest mean picture and the default settings")
                .isGreaterThan(accuracies.get(0))
                .isGreaterThan(accuracies.get(1));
        ExperimentAnalysis analysis = ExperimentAnalysis.load(folder.resolve("small"));
        assertThat(analysis.allRows()).hasSizeLessThan(16 * 9 / 2);
        assertThat(Files.readString(record))
                .contains(out.toString().strip().split("\n")[2], "--trials 16", "classifier.png");
        assertThat(folder.resolve("records/classifier.png")).isNotEmptyFile();
    }

    @Test
    void answersBadInputWithOneLine() {
        for (String option : List.of("--trials=0", "--epochs=0", "--pictures=3", "--record=x.txt", "--threads=0")) {
            assertThat(run(option, "--results=" + folder.resolve("none"))).isEqualTo(2);
            assertThat(err.toString().strip().lines()).as(err.toString()).hasSize(1);
            err.getBuffer().setLength(0);
        }
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
