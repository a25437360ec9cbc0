package org.rltune.envs.box2d;

import org.rltune.random.Pcg64;

/**
 * The colours of a race, each {@code {red, green, blue}} from 0 to 255.
 *
 * @param road the road
 * @param field the ground beside it
 * @param grass the squares on the ground
 */
record RaceColors(double[] road, double[] field, double[] grass) {
    static final RaceColors USUAL =
            new RaceColors(new double[] {102, 102, 102}, new double[] {102, 204, 102}, new double[] {102, 230, 102});

    private static final double BRIGHTEST = 210;
    private static final double CONTRAST = 20; // of one colour of the grass

    /** Other colours, drawn at random. */
    static RaceColors random(Pcg64 random) {
        double[] road = color(random);
        double[] field = color(random);
        double[] grass = field.clone();
        grass[(int) random.integers(0, 3)] += CONTRAST;
        return new RaceColors(road, field, grass);
    }

    private static double[] color(Pcg64 random) {
        return new double[] {random.uniform(0, BRIGHTEST), random.uniform(0, BRIGHTEST), random.uniform(0, BRIGHTEST)};
    }

    /** The colour {@code 0xRRGGBB}, with so much light more. */
    static int pack(double[] color, double light) {
        return (int) (color[0] + light) << 16 | (int) (color[1] + light) << 8 | (int) (color[2] + light);
    }
}
