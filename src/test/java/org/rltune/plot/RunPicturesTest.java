package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.Tune;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;
import org.w3c.dom.Document;

final class RunPicturesTest {
    private static final List<String> NAMES =
            List.of("reward_curves", "schedules", "lineage", "parallel_coordinates", "phases");

    @TempDir
    Path results;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16, 64})
    void drawsEveryPictureOfAnyPopulation(int trials) throws Exception {
        ExperimentAnalysis analysis = Slope.population(results, trials, 8, run -> {});
        List<Picture> pictures = RunPictures.all(analysis);
        assertThat(pictures).extracting(Picture::name).isEqualTo(NAMES);
        for (Picture picture : pictures) {
            BufferedImage image = picture.image();
            assertThat(image.getWidth()).isEqualTo(picture.width());
            assertThat(image.getHeight()).isEqualTo(picture.height());
            int strong = count(image, ChartStyle.VERMILION.getRGB());
            if (!picture.name().equals("phases")) {
                assertThat(strong).as("the best in " + picture.name()).isGreaterThan(300);
            }
            assertThat(texts(picture.svg())).contains(picture.name().equals("reward_curves") ? "slope" : "slope: ");
        }
        assertThat(texts(pictures.get(1).svg())).contains("lr", "gamma", "num_sgd_iter", "activation", "relu", "0.999");
        assertThat(texts(pictures.get(3).svg())).contains("lr", "gamma", "num_sgd_iter", "activation", "tanh", "score");
        assertThat(texts(pictures.get(4).svg())).contains("environments", "policy", "learning", "rest of sampling");
    }

    @Test
    void writesPngAndSvgThatCanBeRead() throws Exception {
        ExperimentAnalysis analysis = Slope.population(results, 3, 6, run -> {});
        Path folder = Files.createDirectory(results.resolve("pictures"));
        for (Picture picture : RunPictures.all(analysis)) {
            assertThat(ImageIO.read(picture.writePng(folder).toFile()).getWidth())
                    .isEqualTo(picture.width());
            String svg = Files.readString(picture.writeSvg(folder));
            assertThat(document(svg).getDocumentElement().getAttribute("viewBox"))
                    .isEqualTo("0 0 " + picture.width() + " " + picture.height());
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2 * NAMES.size());
        }
    }

    @Test
    void drawsInOtherSizesInProportion() {
        Picture picture = RunPictures.lineage(Slope.population(results, 3, 6, run -> {}));
        BufferedImage half = picture.image(picture.width() / 2);
        assertThat(half.getWidth()).isEqualTo(picture.width() / 2);
        assertThat(half.getHeight()).isEqualTo(picture.height() / 2);
        double strong = count(half, ChartStyle.VERMILION.getRGB());
        assertThat(strong / count(picture.image(), ChartStyle.VERMILION.getRGB()))
                .as("a quarter of the area, less its blurred edges")
                .isBetween(0.1, 0.3);
        assertThatThrownBy(() -> picture.image(0)).hasMessageContaining("pixels");
    }

    @Test
    void drawsTheSameInEveryLocaleAndEveryZone() {
        ExperimentAnalysis analysis = Slope.population(results, 5, 8, run -> {});
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        List<String> first =
                RunPictures.all(analysis).stream().map(Picture::svg).toList();
        try {
            for (String tag : List.of("ar-EG-u-nu-arab", "de-CH", "tr-TR", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
                ExperimentAnalysis again = ExperimentAnalysis.load(analysis.folder());
                assertThat(RunPictures.all(again).stream().map(Picture::svg))
                        .as(tag)
                        .isEqualTo(first);
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void drawsARunThatHasNotEnded() {
        List<Integer> drawn = new ArrayList<>();
        RunListener painter = new RunListener() {
            @Override
            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                ExperimentAnalysis soFar = ExperimentAnalysis.load(experiment.folder());
                RunPictures.all(soFar)
                        .forEach(picture -> assertThat(picture.svg()).contains("slope"));
                assertThat(RunReport.html(soFar)).contains("had not ended", "none before the run has ended");
                drawn.add(soFar.trials().stream()
                        .mapToInt(Trial::trainingIteration)
                        .sum());
            }
        };
        Slope.population(results, 2, 4, run -> run.threads(1).listener(painter));
        assertThat(drawn).hasSize(8).isSorted();
    }

    @Test
    void drawsRunsInWhichThereIsLittleToSee() {
        ExperimentAnalysis bare = Tune.run(
                Slope.spec("bare"),
                run -> run.name("bare")
                        .storagePath(results)
                        .verbose(0)
                        .plots(false)
                        .stop("training_iteration", 1)
                        .config(Map.of("lr", 0.1)));
        List<Picture> pictures = RunPictures.all(bare);
        assertThat(pictures.get(0).svg()).contains("The run has no metric");
        assertThat(pictures.get(1).svg()).contains("tunes no hyperparameter");
        assertThat(pictures.get(2).svg()).contains("t00000", "no trial is best yet");
        assertThat(pictures.get(3).svg()).contains("(no metric)");
        pictures.forEach(picture -> assertThat(picture.image().getWidth()).isPositive());
        assertThat(RunReport.html(bare)).contains("the run has no metric");
    }

    @Test
    void refusesAWindowWhereThereIsNoDisplay() {
        assertThatThrownBy(() -> new PictureWindow("t", List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("headless")
                .hasMessageContaining("Write the pictures into files");
    }

    private static int count(BufferedImage image, int rgb) {
        int found = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                found += image.getRGB(x, y) == rgb ? 1 : 0;
            }
        }
        return found;
    }

    /** Returns all text of an SVG, which must be well-formed. */
    private static String texts(String svg) throws Exception {
        return document(svg).getDocumentElement().getTextContent();
    }

    private static Document document(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
