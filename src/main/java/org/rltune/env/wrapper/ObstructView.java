package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.render.Pixels;

/**
 * Covers squares of each picture with noise, as Gymnasium's wrapper of this name.
 *
 * <p>There are as many squares as would cover the wanted part of the picture if none overlapped. The numbers come from
 * a generator of the wrapper's own with the seed of {@code reset}, so that drawing a picture changes nothing in the
 * environment (in Gymnasium they come from the environment's generator).
 */
public final class ObstructView<O, A> extends PixelNoise<O, A> {
    private final double centersRatio;
    private final int obstructionWidth;

    /**
     * Wraps an environment that draws pictures.
     *
     * @param obstructedPixelsRatio the part of the picture, in [0, 1)
     * @param obstructionWidth the width of a square in pixels, at least 1
     * @param isNoiseGrayscale whether the noise is gray
     */
    public ObstructView(Env<O, A> inner, double obstructedPixelsRatio, int obstructionWidth, boolean isNoiseGrayscale) {
        super(inner, "ObstructView", isNoiseGrayscale);
        Check.inClosedOpen("obstructedPixelsRatio", obstructedPixelsRatio, 0, 1);
        this.obstructionWidth = Check.positive("obstructionWidth", obstructionWidth);
        this.centersRatio = obstructedPixelsRatio / ((double) obstructionWidth * obstructionWidth);
    }

    @Override
    public BufferedImage renderFrame() {
        BufferedImage picture = Pixels.copy(super.renderFrame());
        int width = picture.getWidth();
        int height = picture.getHeight();
        boolean[] covered = new boolean[width * height];
        int squares = (int) (covered.length * centersRatio);
        int before = obstructionWidth / 2;
        int after = obstructionWidth - before;
        for (int s = 0; s < squares; s++) {
            int center = (int) random().integers(0, covered.length);
            int row = center / width;
            int column = center % width;
            for (int y = Math.max(row - before, 0); y < Math.min(row + after, height); y++) {
                for (int x = Math.max(column - before, 0); x < Math.min(column + after, width); x++) {
                    covered[y * width + x] = true;
                }
            }
        }
        int[] noise = noise(covered.length);
        for (int i = 0; i < covered.length; i++) {
            if (covered[i]) {
                picture.setRGB(i % width, i / width, noise[i]);
            }
        }
        return picture;
    }
}
