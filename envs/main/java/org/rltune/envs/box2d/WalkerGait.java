package org.rltune.envs.box2d;

/**
 * Walks {@link BipedalWalker} over grass by a gait of three phases, without a notion of balance: stand on one leg and swing
 * the other forward, put it down, push off with the first, change legs. It reaches the end of the grass in some episodes;
 * for tests and demonstrations. Phases and gains are those of Gymnasium's example. One walker needs one gait.
 */
public final class WalkerGait {
    private static final double SPEED = 0.29; // faster, it falls forward
    private static final double SUPPORT_KNEE = 0.1; // target angle of the knee of a leg that stands
    private static final double KNEE_STRAIGHTENING = 0.03; // in each step
    private static final int VALUES_PER_LEG = 5;
    private static final int FIRST_LEG = 4;

    private enum Phase {
        SWING,
        PUT_DOWN,
        PUSH_OFF
    }

    private Phase phase = Phase.SWING;
    private int moving; // 0 or 1
    private double supportKnee = SUPPORT_KNEE;

    /** A gait that begins with both legs on the ground. */
    public WalkerGait() {}

    /** The action after this observation: hip, knee, hip, knee. Call it once for each step. */
    public float[] torques(float[] observation) {
        double[] hip = {Double.NaN, Double.NaN}; // target angles; NaN: none
        double[] knee = {Double.NaN, Double.NaN};
        choose(observation, hip, knee);
        float[] torques = new float[4];
        double upright = 0.9 * observation[0] + 1.5 * observation[1];
        double damping = 15.0 * observation[3]; // of bouncing up and down
        for (int leg = 0; leg < 2; leg++) {
            int at = FIRST_LEG + leg * VALUES_PER_LEG;
            double hipTorque = pull(hip[leg], observation[at], observation[at + 1], 0.9) + upright;
            double kneeTorque = pull(knee[leg], observation[at + 2], observation[at + 3], 4.0) - damping;
            torques[2 * leg] = bounded(0.5 * hipTorque);
            torques[2 * leg + 1] = bounded(0.5 * kneeTorque);
        }
        return torques;
    }

    private void choose(float[] observation, double[] hip, double[] knee) {
        int standing = 1 - moving;
        int swing = FIRST_LEG + moving * VALUES_PER_LEG;
        int stand = FIRST_LEG + standing * VALUES_PER_LEG;
        if (phase == Phase.SWING) {
            hip[moving] = 1.1;
            knee[moving] = -0.6;
            supportKnee += KNEE_STRAIGHTENING * (observation[2] > SPEED ? 2 : 1);
            supportKnee = Math.min(supportKnee, SUPPORT_KNEE);
            knee[standing] = supportKnee;
            if (observation[stand] < 0.10) { // the standing leg is behind
                phase = Phase.PUT_DOWN;
            }
        }
        if (phase == Phase.PUT_DOWN) {
            hip[moving] = 0.1;
            knee[moving] = SUPPORT_KNEE;
            knee[standing] = supportKnee;
            if (observation[swing + 4] != 0) {
                phase = Phase.PUSH_OFF;
                supportKnee = Math.min(observation[swing + 2], SUPPORT_KNEE);
            }
        }
        if (phase == Phase.PUSH_OFF) {
            knee[moving] = supportKnee;
            knee[standing] = 1.0;
            if (observation[stand + 2] > 0.88 || observation[2] > 1.2 * SPEED) {
                phase = Phase.SWING;
                moving = standing;
            }
        }
    }

    private static double pull(double target, double angle, double speed, double gain) {
        return Double.isNaN(target) ? 0 : gain * (target - angle) - 0.25 * speed;
    }

    private static float bounded(double value) {
        return (float) Math.min(Math.max(value, -1), 1);
    }
}
