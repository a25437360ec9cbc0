package org.rltune.envs;

import java.util.Map;
import org.rltune.check.Check;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.render.Canvas;
import org.rltune.space.Box;

/**
 * Pendulum-v1: swing a pendulum up and hold it there, with a motor too weak to lift it at once.
 *
 * <p>A rod of 1 m and 1 kg hangs on a motor at one end. The angle is 0 when it stands upright; torque and angle count
 * positive counter-clockwise. Euler's method with 0.05 s per step. The bits are those of Gymnasium 1.3 under NumPy 2,
 * where the torque and its share of the acceleration and of the cost are float32, all else float64. The action is the
 * torque in N m; observed are cosine and sine of the angle and the angular velocity in rad/s. Spaces, rewards, start, end
 * and arguments: {@code docs/envs/pendulum.md}.
 */
public final class Pendulum extends DrawnEnv<float[], float[]> {
    /** Default acceleration of gravity in m/s^2. */
    public static final double DEFAULT_GRAVITY = 10.0;

    /** The angular velocity in rad/s is kept within this on both sides. */
    static final double MAX_SPEED = 8;
    /** The torque in N m is kept within this on both sides. */
    static final float MAX_TORQUE = 2;
    /** Seconds between two steps. */
    static final double SECONDS_PER_STEP = 0.05;

    private static final double MASS = 1;
    private static final double LENGTH = 1;
    private static final float TORQUE_GAIN = (float) (3.0 / (MASS * (LENGTH * LENGTH)));
    private static final float TORQUE_COST = (float) 0.001;

    static final Box OBSERVATIONS =
            Box.of(new float[] {-1, -1, (float) -MAX_SPEED}, new float[] {1, 1, (float) MAX_SPEED});
    static final Box ACTIONS = Box.of(-MAX_TORQUE, MAX_TORQUE, 1);

    private static final int SIDE = 500;
    private static final double EDGE = 2.2;
    private static final int RED = 0xcc4d4d;

    private final double gravity;
    private double angle;
    private double angularVelocity;
    private float torque; // of the last step; shown, but not part of the dynamics

    /** A pendulum under the default gravity. */
    public Pendulum() {
        this(DEFAULT_GRAVITY);
    }

    /** A pendulum under this acceleration of gravity in m/s^2. */
    public Pendulum(double gravity) {
        super(OBSERVATIONS, ACTIONS, 30);
        this.gravity = Check.finite("g", gravity);
    }

    @Override
    float[] begin(Map<String, Object> options) {
        double maxAngle = maxAngle(options);
        double maxVelocity = maxVelocity(options);
        angle = random().uniform(-maxAngle, maxAngle);
        angularVelocity = random().uniform(-maxVelocity, maxVelocity);
        torque = 0;
        return observation();
    }

    /** The largest first angle; refuses unknown options. */
    static double maxAngle(Map<String, Object> options) {
        return bound(options, "x_init", Math.PI);
    }

    /** The largest first angular velocity; refuses unknown options. */
    static double maxVelocity(Map<String, Object> options) {
        return bound(options, "y_init", 1);
    }

    private static double bound(Map<String, Object> options, String key, double otherwise) {
        if (options.isEmpty()) {
            return otherwise;
        }
        Options.allowOnly(options, "x_init", "y_init");
        return Check.atLeast(key, Options.number(options, key, otherwise), 0);
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        torque = clipped(action[0]);
        double cost = cost(angle, angularVelocity, torque);
        angularVelocity = nextVelocity(gravity, angle, angularVelocity, torque);
        angle += angularVelocity * SECONDS_PER_STEP;
        return new StepResult<>(observation(), -cost, false, false);
    }

    /** The torque that the motor gives. */
    static float clipped(float torque) {
        return Math.min(Math.max(torque, -MAX_TORQUE), MAX_TORQUE);
    }

    /** What a step costs, of the state before it. */
    static double cost(double angle, double angularVelocity, float torque) {
        float torqueCost = TORQUE_COST * FloatSquare.of(torque);
        return DoubleSquare.of(normalize(angle)) + 0.1 * DoubleSquare.of(angularVelocity) + torqueCost;
    }

    /** The angular velocity after a step. */
    static double nextVelocity(double gravity, double angle, double angularVelocity, float torque) {
        float push = TORQUE_GAIN * torque;
        double faster = angularVelocity + (3 * gravity / (2 * LENGTH) * Trig.sin(angle) + push) * SECONDS_PER_STEP;
        return Math.min(Math.max(faster, -MAX_SPEED), MAX_SPEED);
    }

    /** The angle within [-pi, pi), by Python's modulo, which takes the sign of the divisor. */
    static double normalize(double angle) {
        double turn = 2 * Math.PI;
        double rest = (angle + Math.PI) % turn;
        return (rest < 0 ? rest + turn : rest) - Math.PI;
    }

    private float[] observation() {
        return new float[] {(float) Trig.cos(angle), (float) Trig.sin(angle), (float) angularVelocity};
    }

    @Override
    void keep(StateFields fields) {
        angle = fields.keep(angle);
        angularVelocity = fields.keep(angularVelocity);
        torque = fields.keep(torque);
    }

    @Override
    Canvas draw() {
        Canvas canvas = new Canvas(SIDE, SIDE, Canvas.WHITE)
                .world(-EDGE, -EDGE, EDGE, EDGE)
                .color(RED)
                .at(
                        0,
                        0,
                        angle,
                        rod -> rod.fillRect(-0.1, 0, 0.1, LENGTH)
                                .fillCircle(0, 0, 0.1)
                                .fillCircle(0, LENGTH, 0.1));
        drawTorque(canvas);
        return canvas.color(Canvas.BLACK).fillCircle(0, 0, 0.05);
    }

    /** An arrow around the axle, the larger the stronger the torque. */
    private void drawTorque(Canvas canvas) {
        double radius = 0.4 * Math.abs(torque) / MAX_TORQUE;
        if (radius < 0.02) {
            return;
        }
        double sense = torque > 0 ? 1 : -1;
        double head = radius / 3;
        canvas.color(Canvas.BLACK)
                .arc(3, 0, 0, radius, -Math.PI / 2, sense * 1.5 * Math.PI)
                .fillPolygon(-sense * radius - head, 0, -sense * radius + head, 0, -sense * radius, -1.6 * head);
    }
}
