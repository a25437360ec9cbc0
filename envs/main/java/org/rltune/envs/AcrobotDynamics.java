package org.rltune.envs;

/**
 * The motion of the acrobot: two links, integrated by one step of the classical Runge-Kutta method per 0.2 s.
 *
 * <p>The equations are those of Sutton and Barto's book, in the form and the order of operations of Gymnasium 1.3, whose
 * {@code x ** 2} of a state is {@link DoubleSquare} and whose constants fold to those below.
 */
final class AcrobotDynamics {
    /** Length of the upper link in m. */
    static final double LENGTH_1 = 1;
    /** The velocity of the upper link is kept within this on both sides, in rad/s. */
    static final double MAX_SPEED_1 = 4 * Math.PI;
    /** The same for the lower link. */
    static final double MAX_SPEED_2 = 9 * Math.PI;
    /** Room that {@link #step} needs. */
    static final int SCRATCH = 22;

    private static final double SECONDS_PER_STEP = 0.2;
    private static final double MASS_1 = 1;
    private static final double MASS_2 = 1;
    private static final double CENTRE_1 = 0.5; // of mass, from the joint
    private static final double CENTRE_2 = 0.5;
    private static final double INERTIA_1 = 1;
    private static final double INERTIA_2 = 1;
    private static final double GRAVITY = 9.8;
    private static final int N = 4;
    // Of scratch: four slopes of four numbers, the point between, then sine and cosine.
    private static final int POINT = 4 * N;
    private static final int SIN_COS = 5 * N;

    private AcrobotDynamics() {}

    /**
     * Takes one step.
     *
     * @param s angles and velocities of upper and lower link, from index {@code at} on; changed
     * @param torque of the motor in N m
     * @param nips whether the equations of the paper hold
     * @param scratch of the length {@link #SCRATCH}; what it holds does not matter
     */
    static void step(double[] s, int at, double torque, boolean nips, double[] scratch) {
        double dt = SECONDS_PER_STEP;
        int point = POINT;
        derivative(s, at, torque, nips, scratch, 0);
        advance(s, at, dt / 2, scratch, 0, point);
        derivative(scratch, point, torque, nips, scratch, N);
        advance(s, at, dt / 2, scratch, N, point);
        derivative(scratch, point, torque, nips, scratch, 2 * N);
        advance(s, at, dt, scratch, 2 * N, point);
        derivative(scratch, point, torque, nips, scratch, 3 * N);
        for (int i = 0; i < N; i++) {
            double sum = scratch[i] + 2 * scratch[N + i] + 2 * scratch[2 * N + i] + scratch[3 * N + i];
            s[at + i] += dt / 6 * sum;
        }
        s[at] = wrapped(s[at]);
        s[at + 1] = wrapped(s[at + 1]);
        s[at + 2] = Math.min(Math.max(s[at + 2], -MAX_SPEED_1), MAX_SPEED_1);
        s[at + 3] = Math.min(Math.max(s[at + 3], -MAX_SPEED_2), MAX_SPEED_2);
    }

    /**
     * Whether the free end is above the line.
     *
     * @param cosUpper cosine of the upper link's angle
     */
    static boolean reached(double cosUpper, double upper, double lower) {
        return -cosUpper - Trig.cos(lower + upper) > 1;
    }

    private static void advance(double[] s, int at, double seconds, double[] scratch, int slope, int point) {
        for (int i = 0; i < N; i++) {
            scratch[point + i] = s[at + i] + seconds * scratch[slope + i];
        }
    }

    private static void derivative(double[] s, int at, double torque, boolean nips, double[] scratch, int to) {
        double upper = s[at];
        double lower = s[at + 1];
        double speed1 = s[at + 2];
        double speed2 = s[at + 3];
        Trig.sinCos(lower, scratch, SIN_COS);
        double sin2 = scratch[SIN_COS];
        double cos2 = scratch[SIN_COS + 1];
        double d1 = MASS_1 * (CENTRE_1 * CENTRE_1)
                + MASS_2 * (LENGTH_1 * LENGTH_1 + CENTRE_2 * CENTRE_2 + 2 * LENGTH_1 * CENTRE_2 * cos2)
                + INERTIA_1
                + INERTIA_2;
        double d2 = MASS_2 * (CENTRE_2 * CENTRE_2 + LENGTH_1 * CENTRE_2 * cos2) + INERTIA_2;
        double phi2 = MASS_2 * CENTRE_2 * GRAVITY * Trig.cos(upper + lower - Math.PI / 2);
        double phi1 = -MASS_2 * LENGTH_1 * CENTRE_2 * DoubleSquare.of(speed2) * sin2
                - 2 * MASS_2 * LENGTH_1 * CENTRE_2 * speed2 * speed1 * sin2
                + (MASS_1 * CENTRE_1 + MASS_2 * LENGTH_1) * GRAVITY * Trig.cos(upper - Math.PI / 2)
                + phi2;
        double push = torque + d2 / d1 * phi1;
        if (!nips) {
            push -= MASS_2 * LENGTH_1 * CENTRE_2 * DoubleSquare.of(speed1) * sin2;
        }
        double acceleration2 = (push - phi2) / (MASS_2 * (CENTRE_2 * CENTRE_2) + INERTIA_2 - DoubleSquare.of(d2) / d1);
        scratch[to] = speed1;
        scratch[to + 1] = speed2;
        scratch[to + 2] = -(d2 * acceleration2 + phi1) / d1;
        scratch[to + 3] = acceleration2;
    }

    /** The angle within [-pi, pi], by whole turns. */
    private static double wrapped(double angle) {
        double x = angle;
        while (x > Math.PI) {
            x -= 2 * Math.PI;
        }
        while (x < -Math.PI) {
            x += 2 * Math.PI;
        }
        return x;
    }
}
