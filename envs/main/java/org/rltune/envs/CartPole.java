package org.rltune.envs;

import java.util.Map;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/**
 * CartPole-v0 and -v1: keep a pole upright on a cart by pushing the cart left and right.
 *
 * <h2>Description</h2>
 * The cart-pole problem of Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning
 * control problems" (1983). A pole stands on a cart, joined by a hinge without motor; the cart runs on a track without
 * friction. The equations are those of Florian, "Correct equations for the dynamics of the cart-pole system" (2007),
 * integrated by Euler's method with 0.02 s per step. The bits are those of Gymnasium 1.3: the same operations in the
 * same order in float64, observed as float32.
 *
 * <h2>Action space</h2>
 * {@code Discrete(2)}: 0 pushes the cart to the left with 10 N, 1 to the right.
 *
 * <h2>Observation space</h2>
 * A Box of 4 values:
 * <table>
 * <caption>Observation</caption>
 * <tr><th>index</th><th>what</th><th>unit</th><th>bounds</th></tr>
 * <tr><td>0</td><td>position of the cart</td><td>m</td><td>-4.8 to 4.8</td></tr>
 * <tr><td>1</td><td>velocity of the cart</td><td>m/s</td><td>none</td></tr>
 * <tr><td>2</td><td>angle of the pole from upright</td><td>rad</td><td>-0.418 to 0.418 (24 degrees)</td></tr>
 * <tr><td>3</td><td>angular velocity of the pole</td><td>rad/s</td><td>none</td></tr>
 * </table>
 * Bounds are twice the limits below, so that the last observation of an episode lies inside.
 *
 * <h2>Rewards</h2>
 * 1 for every step, the last one included. With {@code sutton_barto_reward}: 0, and -1 for the step that ends the task.
 *
 * <h2>Starting state</h2>
 * Four values drawn uniformly from [-0.05, 0.05); the reset options {@code low} and {@code high} change these bounds.
 *
 * <h2>Episode end</h2>
 * Terminated when the angle leaves 12 degrees or the position leaves 2.4 m on either side. Truncated after 200 steps
 * (v0) or 500 steps (v1).
 *
 * <h2>Arguments</h2>
 * {@code sutton_barto_reward} (boolean, false): the rewards of the original paper.
 *
 * <h2>Version history</h2>
 * v1: 500 steps, threshold 475. v0: 200 steps, threshold 195.
 */
public final class CartPole extends SeededEnv<float[], Integer> {
    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double TOTAL_MASS = POLE_MASS + 1.0;
    private static final double HALF_LENGTH = 0.5;
    private static final double POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;
    private static final double FORCE = 10.0;
    private static final double SECONDS_PER_STEP = 0.02;
    private static final double MAX_ANGLE = 12 * 2 * Math.PI / 360;
    private static final double MAX_POSITION = 2.4;
    private static final double START_BOUND = 0.05;

    private static final float[] HIGH = {
        (float) (MAX_POSITION * 2), Float.POSITIVE_INFINITY, (float) (MAX_ANGLE * 2), Float.POSITIVE_INFINITY
    };
    private static final Box OBSERVATIONS = Box.of(negative(HIGH), HIGH);
    private static final Discrete ACTIONS = Discrete.of(2);

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

    /** A cart-pole with the usual reward, or with that of the original paper. */
    public CartPole(boolean suttonBartoReward) {
        super(OBSERVATIONS, ACTIONS);
        this.suttonBartoReward = suttonBartoReward;
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        double low = -START_BOUND;
        double high = START_BOUND;
        if (!options.isEmpty()) {
            Options.allowOnly(options, "low", "high");
            low = Options.number(options, "low", low);
            high = Options.number(options, "high", high);
            if (low > high) {
                throw new IllegalArgumentException("Reset options low=" + low + ", high=" + high
                        + ": the lower bound must not be above the upper bound");
            }
        }
        position = random().uniform(low, high);
        velocity = random().uniform(low, high);
        angle = random().uniform(low, high);
        angularVelocity = random().uniform(low, high);
        fallen = false;
        return observation();
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        int push = action;
        if (push != 0 && push != 1) {
            throw new IllegalArgumentException("CartPole: action " + push + " must be 0 (left) or 1 (right)");
        }
        double force = push == 1 ? FORCE : -FORCE;
        double cos = Trig.cos(angle);
        double sin = Trig.sin(angle);
        double temp = (force + POLE_MASS_LENGTH * (angularVelocity * angularVelocity) * sin) / TOTAL_MASS;
        double angularAcceleration =
                (GRAVITY * sin - cos * temp) / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * (cos * cos) / TOTAL_MASS));
        double acceleration = temp - POLE_MASS_LENGTH * angularAcceleration * cos / TOTAL_MASS;

        position += SECONDS_PER_STEP * velocity;
        velocity += SECONDS_PER_STEP * acceleration;
        angle += SECONDS_PER_STEP * angularVelocity;
        angularVelocity += SECONDS_PER_STEP * angularAcceleration;

        boolean terminated = Math.abs(position) > MAX_POSITION || Math.abs(angle) > MAX_ANGLE;
        double reward;
        if (suttonBartoReward) {
            reward = terminated ? -1 : 0;
        } else {
            reward = terminated && fallen ? 0 : 1; // as Gymnasium does for steps after the end
        }
        fallen |= terminated;
        return new StepResult<>(observation(), reward, terminated, false);
    }

    private float[] observation() {
        return new float[] {(float) position, (float) velocity, (float) angle, (float) angularVelocity};
    }

    private static float[] negative(float[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = -values[i];
        }
        return result;
    }
}
