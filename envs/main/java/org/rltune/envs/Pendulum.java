package org.rltune.envs;

import java.util.Map;
import org.rltune.check.Check;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.Box;

/**
 * Pendulum-v1: swing a pendulum up and hold it there, with a motor too weak to lift it at once.
 *
 * <h2>Description</h2>
 * A rod of 1 m and 1 kg hangs on a motor at one end. The angle is 0 when it stands upright; torque and angle count
 * positive counter-clockwise. Euler's method with 0.05 s per step. The bits are those of Gymnasium 1.3 under NumPy 2,
 * where the torque and its share of the acceleration and of the cost are float32, all else float64.
 *
 * <h2>Action space</h2>
 * A Box of 1 value: the torque in N m, -2 to 2. Values outside are clipped.
 *
 * <h2>Observation space</h2>
 * A Box of 3 values:
 * <table>
 * <caption>Observation</caption>
 * <tr><th>index</th><th>what</th><th>unit</th><th>bounds</th></tr>
 * <tr><td>0</td><td>cosine of the angle</td><td></td><td>-1 to 1</td></tr>
 * <tr><td>1</td><td>sine of the angle</td><td></td><td>-1 to 1</td></tr>
 * <tr><td>2</td><td>angular velocity</td><td>rad/s</td><td>-8 to 8</td></tr>
 * </table>
 *
 * <h2>Rewards</h2>
 * {@code -(angle^2 + 0.1 * angularVelocity^2 + 0.001 * torque^2)} before the step, the angle taken within -pi to pi:
 * at best 0, at worst -16.27.
 *
 * <h2>Starting state</h2>
 * Angle uniform in [-pi, pi), angular velocity uniform in [-1, 1); the reset options {@code x_init} and {@code y_init}
 * change the two bounds.
 *
 * <h2>Episode end</h2>
 * Never terminated. Truncated after 200 steps.
 *
 * <h2>Arguments</h2>
 * {@code g} (number, 10.0): the acceleration of gravity in m/s^2.
 *
 * <h2>Version history</h2>
 * v1: simplified equations, the same behaviour as v0, which Gymnasium no longer has.
 */
public final class Pendulum extends SeededEnv<float[], float[]> {
    /** Default acceleration of gravity in m/s^2. */
    public static final double DEFAULT_GRAVITY = 10.0;

    private static final double MAX_SPEED = 8;
    private static final float MAX_TORQUE = 2;
    private static final double SECONDS_PER_STEP = 0.05;
    private static final double MASS = 1;
    private static final double LENGTH = 1;
    private static final float TORQUE_GAIN = (float) (3.0 / (MASS * (LENGTH * LENGTH)));
    private static final float TORQUE_COST = (float) 0.001;

    private static final Box OBSERVATIONS =
            Box.of(new float[] {-1, -1, (float) -MAX_SPEED}, new float[] {1, 1, (float) MAX_SPEED});
    private static final Box ACTIONS = Box.of(-MAX_TORQUE, MAX_TORQUE, 1);

    private final double gravity;
    private double angle;
    private double angularVelocity;

    /** A pendulum under the default gravity. */
    public Pendulum() {
        this(DEFAULT_GRAVITY);
    }

    /** A pendulum under this acceleration of gravity in m/s^2. */
    public Pendulum(double gravity) {
        super(OBSERVATIONS, ACTIONS);
        this.gravity = Check.finite("g", gravity);
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        double maxAngle = Math.PI;
        double maxVelocity = 1;
        if (!options.isEmpty()) {
            Options.allowOnly(options, "x_init", "y_init");
            maxAngle = Check.atLeast("x_init", Options.number(options, "x_init", maxAngle), 0);
            maxVelocity = Check.atLeast("y_init", Options.number(options, "y_init", maxVelocity), 0);
        }
        angle = random().uniform(-maxAngle, maxAngle);
        angularVelocity = random().uniform(-maxVelocity, maxVelocity);
        return observation();
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        float torque = Math.min(Math.max(action[0], -MAX_TORQUE), MAX_TORQUE);
        double deviation = normalize(angle);
        float torqueCost = TORQUE_COST * FloatSquare.of(torque);
        double cost = deviation * deviation + 0.1 * (angularVelocity * angularVelocity) + torqueCost;

        float push = TORQUE_GAIN * torque;
        double faster = angularVelocity + (3 * gravity / (2 * LENGTH) * Trig.sin(angle) + push) * SECONDS_PER_STEP;
        angularVelocity = Math.min(Math.max(faster, -MAX_SPEED), MAX_SPEED);
        angle += angularVelocity * SECONDS_PER_STEP;
        return new StepResult<>(observation(), -cost, false, false);
    }

    private float[] observation() {
        return new float[] {(float) Trig.cos(angle), (float) Trig.sin(angle), (float) angularVelocity};
    }

    /** The angle within [-pi, pi), by Python's modulo, which takes the sign of the divisor. */
    private static double normalize(double angle) {
        double turn = 2 * Math.PI;
        double rest = (angle + Math.PI) % turn;
        return (rest < 0 ? rest + turn : rest) - Math.PI;
    }
}
