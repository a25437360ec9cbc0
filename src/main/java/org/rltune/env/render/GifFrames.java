package org.rltune.env.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** The pictures of a GIF file (version 89a); of each only the rectangle that differs from the one before is written. */
final class GifFrames implements Closeable {
    private static final String STREAM_FORMAT = "javax_imageio_gif_stream_1.0";
    private static final String IMAGE_FORMAT = "javax_imageio_gif_image_1.0";
    private static final int MOST_HUNDREDTHS = 0xffff;

    private final int width;
    private final int height;
    private final OutputStream file;
    private final ImageOutputStream stream;
    private final ImageWriter writer;
    private int @Nullable [] shown;

    GifFrames(OutputStream file, int width, int height) throws IOException {
        this.width = width;
        this.height = height;
        this.file = new BufferedOutputStream(file);
        stream = new MemoryCacheImageOutputStream(this.file);
        writer = ImageIO.getImageWritersByFormatName("gif").next();
        writer.setOutput(stream);
        IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
        IIOMetadataNode root = new IIOMetadataNode(STREAM_FORMAT);
        node(root, "Version", "value", "89a");
        node(
                root,
                "LogicalScreenDescriptor",
                "logicalScreenWidth",
                String.valueOf(width),
                "logicalScreenHeight",
                String.valueOf(height),
                "colorResolution",
                "8",
                "pixelAspectRatio",
                "0");
        metadata.setFromTree(STREAM_FORMAT, root);
        writer.prepareWriteSequence(metadata);
    }

    /**
     * Writes a picture.
     *
     * @param pixels colours {@code 0xRRGGBB}, row by row; kept for the comparison with the next picture
     * @param hundredths how long it is shown, in hundredths of a second
     */
    void write(int[] pixels, long hundredths) throws IOException {
        int[] area = changed(pixels);
        int x = area[0];
        int y = area[1];
        int w = area[2];
        int h = area[3];
        int[] part = new int[w * h];
        for (int row = 0; row < h; row++) {
            System.arraycopy(pixels, (y + row) * width + x, part, row * w, w);
        }
        Palette palette = Palette.of(part);
        BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_INDEXED, palette.model());
        byte[] entries = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int last = -1;
        byte entry = 0;
        for (int i = 0; i < part.length; i++) {
            if (part[i] != last) {
                last = part[i];
                entry = palette.entry(last);
            }
            entries[i] = entry;
        }
        writer.writeToSequence(new IIOImage(image, null, metadata(image, area, hundredths)), null);
        stream.flushBefore(stream.getStreamPosition());
        shown = pixels;
    }

    /** The rectangle x, y, width, height that holds every pixel that differs from the picture before. */
    private int[] changed(int[] pixels) {
        int[] before = shown;
        if (before == null) {
            return new int[] {0, 0, width, height};
        }
        int left = width;
        int right = -1;
        int top = height;
        int bottom = -1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (pixels[y * width + x] != before[y * width + x]) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        return right < 0 ? new int[] {0, 0, 1, 1} : new int[] {left, top, right - left + 1, bottom - top + 1};
    }

    private IIOMetadata metadata(BufferedImage image, int[] area, long hundredths) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        IIOMetadataNode root = new IIOMetadataNode(IMAGE_FORMAT);
        node(
                root,
                "ImageDescriptor",
                "imageLeftPosition",
                String.valueOf(area[0]),
                "imageTopPosition",
                String.valueOf(area[1]),
                "imageWidth",
                String.valueOf(area[2]),
                "imageHeight",
                String.valueOf(area[3]),
                "interlaceFlag",
                "FALSE");
        node(
                root,
                "GraphicControlExtension",
                "disposalMethod",
                "doNotDispose",
                "userInputFlag",
                "FALSE",
                "transparentColorFlag",
                "FALSE",
                "delayTime",
                String.valueOf(Math.min(hundredths, MOST_HUNDREDTHS)),
                "transparentColorIndex",
                "0");
        if (shown == null) {
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            IIOMetadataNode loop =
                    node(extensions, "ApplicationExtension", "applicationID", "NETSCAPE", "authenticationCode", "2.0");
            loop.setUserObject(new byte[] {1, 0, 0}); // play again without end
            root.appendChild(extensions);
        }
        metadata.mergeTree(IMAGE_FORMAT, root);
        return metadata;
    }

    private static IIOMetadataNode node(IIOMetadataNode parent, String name, String... attributes) {
        IIOMetadataNode node = new IIOMetadataNode(name);
        for (int i = 0; i < attributes.length; i += 2) {
            node.setAttribute(attributes[i], attributes[i + 1]);
        }
        parent.appendChild(node);
        return node;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            writer.endWriteSequence();
            stream.close();
        } finally {
            writer.dispose();
        }
    }
}
