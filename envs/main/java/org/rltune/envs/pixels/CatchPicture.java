package org.rltune.envs.pixels;

import java.awt.image.BufferedImage;
import org.rltune.env.render.Canvas;

/** Shows a game of Catch: the image that the player sees, in colours and large, with the score below. */
final class CatchPicture {
    private static final int WIDTH = 320;
    private static final int SCORE = 32;
    private static final int NIGHT = 0x1d2330;
    private static final int TRAIL = 0x59647d;
    private static final int PADDLE = 0x4a9d5b;
    private static final int BALL = 0xf2c14e;

    private CatchPicture() {}

    static BufferedImage draw(Catch game, byte[] image) {
        Canvas canvas = new Canvas(WIDTH, WIDTH + SCORE, NIGHT);
        double pixel = (double) WIDTH / game.size;
        for (int y = 0; y < game.size; y++) {
            for (int x = 0; x < game.size; x++) {
                int value = image[y * game.size + x] & 0xff;
                if (value > 0) {
                    canvas.color(value == 255 ? BALL : value > 128 ? PADDLE : TRAIL);
                    double top = SCORE + (game.size - y) * pixel;
                    canvas.fillRect(x * pixel, top - pixel, (x + 1) * pixel, top);
                }
            }
        }
        canvas.color(Canvas.WHITE).line(1, 0, SCORE, WIDTH, SCORE);
        canvas.text("CAUGHT " + game.caught + " OF " + game.fallen, 1.5, 10, 12, 11);
        return canvas.toImage();
    }

    static String text(Catch game, byte[] image) {
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < game.size; y++) {
            for (int x = 0; x < game.size; x++) {
                int value = image[y * game.size + x] & 0xff;
                text.append(value == 255 ? 'o' : value > 128 ? '=' : value > 0 ? '.' : ' ');
            }
            text.append('\n');
        }
        return text.append("caught ")
                .append(game.caught)
                .append(" of ")
                .append(game.fallen)
                .append('\n')
                .toString();
    }
}
