package org.rltune.env.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** The pixels of pictures as arrays. */
public final class Pixels {
    private Pixels() {}

    /** A copy of a picture, of the type {@link BufferedImage#TYPE_INT_RGB}; what is transparent becomes black. */
    public static BufferedImage copy(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] target = ((DataBufferInt) copy.getRaster().getDataBuffer()).getData();
        if (image.getType() == BufferedImage.TYPE_INT_RGB
                && image.getRaster().getDataBuffer() instanceof DataBufferInt source
                && source.getData().length == target.length) {
            System.arraycopy(source.getData(), 0, target, 0, target.length);
        } else {
            copy.createGraphics().drawImage(image, 0, 0, null);
        }
        return copy;
    }

    /** The colours {@code 0xRRGGBB} of a picture, row by row from the top. */
    public static int[] colors(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xffffff;
        }
        return pixels;
    }

    /** The bytes red, green, blue of each pixel, row by row from the top: the shape (height, width, 3). */
    public static byte[] bytes(BufferedImage image) {
        int[] pixels = colors(image);
        byte[] bytes = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            bytes[3 * i] = (byte) (pixels[i] >> 16);
            bytes[3 * i + 1] = (byte) (pixels[i] >> 8);
            bytes[3 * i + 2] = (byte) pixels[i];
        }
        return bytes;
    }
}
