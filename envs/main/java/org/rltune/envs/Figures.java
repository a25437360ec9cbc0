package org.rltune.envs;

import org.rltune.env.render.Canvas;

/** Small drawings for worlds of tiles; each fills a square from (0, 0) to (1, 1). */
final class Figures {
    /** Where somebody looks. */
    enum Facing {
        LEFT,
        RIGHT,
        UP,
        DOWN
    }

    private static final int WOOD = 0x9a6a3c;
    private static final int DARK_WOOD = 0x6e4a28;
    private static final int SKIN = 0xf2c9a0;
    private static final int COAT = 0x2f8f4e;
    private static final int DARK_COAT = 0x22683a;
    private static final int HAT = 0xc8342f;
    private static final int DARK = 0x3a2a1c;

    private Figures() {}

    /** An elf with a pointed hat; seen from behind when he walks up. */
    static void elf(Canvas canvas, Facing facing) {
        double side = facing == Facing.LEFT ? -1 : facing == Facing.RIGHT ? 1 : 0;
        canvas.color(0x000000, 0.18)
                .fillPolygon(0.28, 0.1, 0.38, 0.05, 0.62, 0.05, 0.72, 0.1, 0.62, 0.15, 0.38, 0.15)
                .color(DARK)
                .fillRect(0.38, 0.08, 0.47, 0.18)
                .fillRect(0.53, 0.08, 0.62, 0.18)
                .color(COAT)
                .fillPolygon(0.3, 0.17, 0.7, 0.17, 0.62, 0.46, 0.38, 0.46)
                .color(DARK_COAT)
                .fillPolygon(0.38, 0.45, 0.3, 0.24, 0.24, 0.26, 0.32, 0.46)
                .fillPolygon(0.62, 0.45, 0.7, 0.24, 0.76, 0.26, 0.68, 0.46)
                .color(0xe8c547)
                .fillRect(0.34, 0.27, 0.66, 0.31)
                .color(SKIN)
                .fillPolygon(0.32, 0.57, 0.22, 0.66, 0.34, 0.64)
                .fillPolygon(0.68, 0.57, 0.78, 0.66, 0.66, 0.64)
                .color(facing == Facing.UP ? WOOD : SKIN)
                .fillCircle(0.5, 0.57, 0.17);
        if (facing != Facing.UP) {
            double shift = 0.07 * side;
            canvas.color(DARK)
                    .fillCircle(0.435 + shift, 0.58, 0.025)
                    .fillCircle(0.565 + shift, 0.58, 0.025)
                    .color(0xd98e73)
                    .fillCircle(0.5 + 1.3 * shift, 0.525, 0.025);
        }
        canvas.color(HAT)
                .fillPolygon(0.32, 0.66, 0.68, 0.66, 0.5 - 0.1 * side, 0.95)
                .color(0xffffff)
                .fillRect(0.31, 0.64, 0.69, 0.69)
                .fillCircle(0.5 - 0.1 * side, 0.94, 0.04);
    }

    /** A stool: where a walk begins. */
    static void stool(Canvas canvas) {
        canvas.color(DARK_WOOD)
                .fillPolygon(0.3, 0.48, 0.38, 0.48, 0.33, 0.12, 0.25, 0.12)
                .fillPolygon(0.7, 0.48, 0.62, 0.48, 0.67, 0.12, 0.75, 0.12)
                .fillRect(0.29, 0.24, 0.71, 0.3)
                .color(WOOD)
                .fillPolygon(0.18, 0.46, 0.82, 0.46, 0.76, 0.6, 0.24, 0.6)
                .color(0xb98552)
                .fillPolygon(0.22, 0.55, 0.78, 0.55, 0.75, 0.6, 0.25, 0.6);
    }

    /** A parcel with a ribbon. */
    static void parcel(Canvas canvas) {
        canvas.color(0xb3262b)
                .fillRect(0.2, 0.14, 0.8, 0.56)
                .color(0xd43a3f)
                .fillRect(0.16, 0.54, 0.84, 0.7)
                .color(0xf3cf4a)
                .fillRect(0.45, 0.14, 0.55, 0.7)
                .fillPolygon(0.5, 0.7, 0.28, 0.9, 0.24, 0.76)
                .fillPolygon(0.5, 0.7, 0.72, 0.9, 0.76, 0.76)
                .color(0xd9b02c)
                .fillCircle(0.5, 0.72, 0.05);
    }

    /** A biscuit with pieces of chocolate. */
    static void biscuit(Canvas canvas) {
        canvas.color(0xa9713a)
                .fillCircle(0.5, 0.46, 0.33)
                .color(0xd09a58)
                .fillCircle(0.5, 0.48, 0.31)
                .color(0x5b3720);
        double[] pieces = {0.4, 0.6, 0.62, 0.62, 0.34, 0.42, 0.53, 0.46, 0.68, 0.43, 0.46, 0.28, 0.6, 0.3};
        for (int i = 0; i < pieces.length; i += 2) {
            canvas.fillCircle(pieces[i], pieces[i + 1], 0.045);
        }
    }

    /** A person who waits. */
    static void passenger(Canvas canvas) {
        canvas.color(0x33415e)
                .fillRect(0.38, 0.08, 0.48, 0.3)
                .fillRect(0.52, 0.08, 0.62, 0.3)
                .color(0x5b3f8f)
                .fillPolygon(0.34, 0.28, 0.66, 0.28, 0.68, 0.6, 0.32, 0.6)
                .color(0x46306f)
                .fillRect(0.26, 0.34, 0.33, 0.6)
                // The other arm is raised to hail a taxi.
                .fillPolygon(0.66, 0.58, 0.76, 0.84, 0.82, 0.82, 0.7, 0.5)
                .color(SKIN)
                .fillCircle(0.79, 0.85, 0.045)
                .fillCircle(0.5, 0.73, 0.14)
                .color(DARK)
                .fillPolygon(0.35, 0.74, 0.4, 0.88, 0.6, 0.88, 0.65, 0.74, 0.58, 0.8, 0.42, 0.8)
                .fillCircle(0.45, 0.72, 0.018)
                .fillCircle(0.55, 0.72, 0.018);
    }
}
