package org.rltune.envs;

import java.util.Map;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.render.Canvas;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/**
 * CartPole-v0 and -v1: keep a pole upright on a cart by pushing the cart left (action 0) and right (1).
 *
 * <p>The task of Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning control
 * problems" (1983), with the equations of Florian, "Correct equations for the dynamics of the cart-pole system" (2007),
 * by Euler's method with 0.02 s per step. The bits are those of Gymnasium 1.3: the same operations in the same order in
 * float64, observed as float32: position (m) and velocity of the cart, angle of the pole from upright (rad) and its
 * velocity. Spaces, rewards, start, end and arguments: {@code docs/envs/cartpole.md}.
 */
public final class CartPole extends DrawnEnv<float[], Integer> {
    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = POLE_MASS + 1.0;
    private static final double PER_TOTAL_MASS = 1 / TOTAL_MASS;
    private static final double HALF_LENGTH = 0.5;
    private static final double POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;
    /** Force of a push in N. */
    static final double FORCE = 10.0;
    /** Seconds between two steps. */
    static final double SECONDS_PER_STEP = 0.02;
    /** The angle in rad beyond which the pole has fallen. */
    static final double MAX_ANGLE = 12 * 2 * Math.PI / 360;
    /** The distance in m beyond which the cart has left the track. */
    static final double MAX_POSITION = 2.4;
    /** Each value of the first state is drawn from [-START_BOUND, START_BOUND). */
    static final double START_BOUND = 0.05;

    static final Box OBSERVATIONS = symmetric(
            (float) (MAX_POSITION * 2), Float.POSITIVE_INFINITY, (float) (MAX_ANGLE * 2), Float.POSITIVE_INFINITY);
    static final Discrete ACTIONS = Discrete.of(2);

    private static final int WIDTH = 600;
    private static final int HEIGHT = 400;
    private static final double PIXELS_PER_METRE = WIDTH / (2 * MAX_POSITION);

    private final boolean suttonBartoReward;
    private double position;
    private double velocity;
    private double angle;
    private double angularVelocity;
    private boolean fallen;

    /** A cart-pole with the usual reward. */
    public CartPole() {
        this(false);
    }

    /** A cart-pole with the usual reward of 1 for each step, or with that of the original paper: -1 for the fall. */
    public CartPole(boolean suttonBartoReward) {
        super(OBSERVATIONS, ACTIONS, 50);
        this.suttonBartoReward = suttonBartoReward;
    }

    @Override
    float[] begin(Map<String, Object> options) {
        Options.Bounds bounds = Options.bounds(options, -START_BOUND, START_BOUND);
        position = random().uniform(bounds.low(), bounds.high());
        velocity = random().uniform(bounds.low(), bounds.high());
        angle = random().uniform(bounds.low(), bounds.high());
        angularVelocity = random().uniform(bounds.low(), bounds.high());
        fallen = false;
        return observation();
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        double force = Actions.index("CartPole", action, "left", "right") == 1 ? FORCE : -FORCE;
        double cos = Trig.cos(angle);
        double sin = Trig.sin(angle);
        double push = push(force, sin, angularVelocity);
        double angularAcceleration = angularAcceleration(push, cos, sin);
        double acceleration = acceleration(push, cos, angularAcceleration);

        position += SECONDS_PER_STEP * velocity;
        velocity += SECONDS_PER_STEP * acceleration;
        angle += SECONDS_PER_STEP * angularVelocity;
        angularVelocity += SECONDS_PER_STEP * angularAcceleration;

        boolean terminated = fell(position, angle);
        double reward;
        if (suttonBartoReward) {
            reward = terminated ? -1 : 0;
        } else {
            reward = terminated && fallen ? 0 : 1; // as Gymnasium does for steps after the end
        }
        fallen |= terminated;
        return new StepResult<>(observation(), reward, terminated, false);
    }

    /** Acceleration in m/s^2 that the whole would have if the pole could not turn. */
    static double push(double force, double sin, double angularVelocity) {
        return perTotalMass(force + POLE_MASS_LENGTH * (angularVelocity * angularVelocity) * sin);
    }

    /** Angular acceleration of the pole in rad/s^2. */
    static double angularAcceleration(double push, double cos, double sin) {
        return (GRAVITY * sin - cos * push) / (HALF_LENGTH * (4.0 / 3.0 - perTotalMass(POLE_MASS * (cos * cos))));
    }

    /** Acceleration of the cart in m/s^2. */
    static double acceleration(double push, double cos, double angularAcceleration) {
        return push - perTotalMass(POLE_MASS_LENGTH * angularAcceleration * cos);
    }

    /**
     * The number divided by the mass of cart and pole, in a third of the time that a division takes (EnvBench).
     *
     * <p>Rounded as the division rounds (Markstein, "Computation of elementary functions on the IBM RISC System/6000
     * processor", 1990): the reciprocal is the nearest double, and off by 0.43 of 2^-53 of itself, so that the first
     * quotient is within 0.93 units in the last place, as the theorem wants. For sizes from 2^-960 to 2^1000, and 0,
     * whose sign is lost.
     */
    static double perTotalMass(double x) {
        double quotient = x * PER_TOTAL_MASS;
        return Math.fma(Math.fma(-TOTAL_MASS, quotient, x), PER_TOTAL_MASS, quotient);
    }

    /** Whether the pole has fallen or the cart has left the track. */
    static boolean fell(double position, double angle) {
        return Math.abs(position) > MAX_POSITION || Math.abs(angle) > MAX_ANGLE;
    }

    private float[] observation() {
        return new float[] {(float) position, (float) velocity, (float) angle, (float) angularVelocity};
    }

    @Override
    void keep(StateFields fields) {
        position = fields.keep(position);
        velocity = fields.keep(velocity);
        angle = fields.keep(angle);
        angularVelocity = fields.keep(angularVelocity);
        fallen = fields.keep(fallen);
    }

    @Override
    Canvas draw() {
        double x = position * PIXELS_PER_METRE + WIDTH / 2.0;
        double track = 100;
        double axle = track + 7.5;
        double top = PIXELS_PER_METRE * 2 * HALF_LENGTH - 5;
        return new Canvas(WIDTH, HEIGHT, Canvas.WHITE)
                .line(1, 0, track, WIDTH, track)
                .fillRect(x - 25, track - 15, x + 25, track + 15)
                .at(x, axle, -angle, pole -> pole.color(0xca9865).fillRect(-5, -5, 5, top))
                .color(0x8184cb)
                .fillCircle(x, axle, 5);
    }

    private static Box symmetric(float... high) {
        float[] low = new float[high.length];
        for (int i = 0; i < high.length; i++) {
            low[i] = -high[i];
        }
        return Box.of(low, high);
    }
}
