package org.rltune.plot;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jfree.chart.JFreeChart;
import org.rltune.check.Check;

/**
 * One picture of a run: as pixels, as SVG, as files of both. The same rows give the same picture, in every locale and at
 * every time; only the letters depend on the fonts of the machine.
 *
 * <p>A notebook shows {@link #image()} as it stands.
 */
public final class Picture {
    private final String name;
    private final String caption;
    private final JFreeChart chart;
    private final int width;
    private final int height;

    /**
     * Makes one.
     *
     * @param name the name of its files, without an ending
     * @param caption a sentence that says what it shows
     * @param width pixels
     * @param height pixels
     */
    Picture(String name, String caption, JFreeChart chart, int width, int height) {
        this.name = name;
        this.caption = caption;
        this.chart = chart;
        this.width = width;
        this.height = height;
    }

    /** Returns the name of its files, without an ending, such as {@code reward_curves}. */
    public String name() {
        return name;
    }

    /** Returns a sentence that says what it shows. */
    public String caption() {
        return caption;
    }

    /** Returns the width of the picture in pixels. */
    public int width() {
        return width;
    }

    /** Returns the height of the picture in pixels. */
    public int height() {
        return height;
    }

    /** Draws it into an image. */
    public BufferedImage image() {
        return ChartStyle.image(chart, width, height, 1);
    }

    /**
     * Draws it into an image of another width, everything in proportion.
     *
     * @param pixels from 100 to 10,000
     */
    public BufferedImage image(int pixels) {
        Check.inClosed("pixels", pixels, 100, 10_000);
        return ChartStyle.image(chart, width, height, (double) pixels / width);
    }

    /** Draws it as an SVG document, text as text. */
    public String svg() {
        return Svg.of(name, chart, width, height);
    }

    /**
     * Draws it into {@code NAME.png} of a folder and returns the file. Who opens the file sees the old picture or the new one.
     *
     * @throws java.io.UncheckedIOException naming the file and the cause, if it cannot be written
     */
    public Path writePng(Path folder) {
        Path file = folder.resolve(name + ".png");
        ChartStyle.write(image(), file);
        return file;
    }

    /**
     * Draws it into {@code NAME.svg} of a folder and returns the file, as {@link #writePng} does.
     *
     * @throws java.io.UncheckedIOException naming the file and the cause, if it cannot be written
     */
    public Path writeSvg(Path folder) {
        Path file = folder.resolve(name + ".svg");
        PictureFiles.write(svg().getBytes(StandardCharsets.UTF_8), file);
        return file;
    }

    JFreeChart chart() {
        return chart;
    }
}
