package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RenderEnvTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String line, Path file) {
        String[] args = (line + " --out " + file).split(" ");
        return Mains.execute(new RenderEnv(), new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    }

    @Test
    void writesThePictureOfTheLastStep() throws IOException {
        Path file = folder.resolve("lake.png");
        assertThat(run("FrozenLake-v1 --steps 3 --config map_name=8x8", file)).isZero();
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(512);
        assertThat(picture.getHeight()).isEqualTo(512);
    }

    @Test
    void writesTheSameAnimationForTheSameSeed() throws IOException {
        Path one = folder.resolve("one.gif");
        Path two = folder.resolve("two.gif");
        assertThat(run("Taxi-v4 --seed 3 --steps 4", one)).isZero();
        assertThat(run("Taxi-v4 --seed 3 --steps 4", two)).isZero();
        assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
        assertThat(run("Taxi-v4 --seed 4 --steps 4", two)).isZero();
        assertThat(Files.readAllBytes(one)).isNotEqualTo(Files.readAllBytes(two));
    }

    /** The shortest way along the cliff takes 13 steps, so the goal is reached with the last of 14 texts. */
    @Test
    void theSkilledPlayerTakesTheShortestWay() throws IOException {
        Path file = folder.resolve("walk.txt");
        assertThat(run("CliffWalking-v1 --steps 13 --player skilled", file)).isZero();
        String text = Files.readString(file);
        assertThat(text.split("T", -1)).hasSize(14); // the walker hides the T at the end only
        assertThat(text.stripTrailing()).endsWith("C  x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CartPole-v1; x.txt; cannot be shown as ansi",
                "CartPole-v1; x.jpg; must end with .gif, .png or .txt",
                "CartPole-v7; x.gif; CartPole-v1",
                "Taxi-v4 --config is_rany=true; x.gif; Maybe 'is_rainy'?",
                "Taxi-v4 --steps -1; x.gif; --steps",
                "Taxi-v4 --seed -1; x.gif; --seed",
                "SupplyChain-v0 --player skilled; x.gif; There is no skilled player for SupplyChain-v0"
            })
    void answersBadInputWithOneLine(String line, String file, String part) {
        assertThat(run(line, folder.resolve(file))).isEqualTo(2);
        assertThat(err.toString()).startsWith("Error: ").contains(part).hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
    }
}
