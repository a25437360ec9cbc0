package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.render.Pixels;

/**
 * Replaces pixels of each picture by noise, as Gymnasium's wrapper of this name; {@link AddRenderObservation} around it
 * makes noisy observations.
 *
 * <p>The numbers come from a generator of the wrapper's own with the seed of {@code reset}, so that drawing a picture
 * changes nothing in the environment (in Gymnasium they come from the environment's generator).
 */
public final class AddWhiteNoise<O, A> extends PixelNoise<O, A> {
    private final double probability;

    /**
     * Wraps an environment that draws pictures.
     *
     * @param probabilityOfNoisePerPixel in [0, 1)
     * @param isNoiseGrayscale whether the noise is gray
     */
    public AddWhiteNoise(Env<O, A> inner, double probabilityOfNoisePerPixel, boolean isNoiseGrayscale) {
        super(inner, "AddWhiteNoise", isNoiseGrayscale);
        this.probability = Check.inClosedOpen("probabilityOfNoisePerPixel", probabilityOfNoisePerPixel, 0, 1);
    }

    @Override
    public BufferedImage renderFrame() {
        BufferedImage picture = Pixels.copy(super.renderFrame());
        int width = picture.getWidth();
        int[] noise = noise(width * picture.getHeight());
        for (int i = 0; i < noise.length; i++) {
            if (random().nextDouble() < probability) {
                picture.setRGB(i % width, i / width, noise[i]);
            }
        }
        return picture;
    }
}
