package org.rltune.envs;

import java.util.Map;
import org.rltune.check.Check;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.render.Canvas;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/**
 * Acrobot-v1: swing the free end of two links above a line, with a motor in the joint between them (action 0: -1 N m,
 * 1: none, 2: +1 N m).
 *
 * <p>The task of Sutton, "Generalization in reinforcement learning: Successful examples using sparse coarse coding"
 * (1995). Observed are cosine and sine of the angle of the upper link (0 hangs down), the same of the lower one relative
 * to it, and both angular velocities in rad/s. The bits are those of Gymnasium 1.3 (float64, the first observation of an
 * episode float32). Spaces, rewards, start, end and arguments: {@code docs/envs/acrobot.md}.
 */
public final class Acrobot extends DrawnEnv<float[], Integer> {
    /** Which equations of motion hold. */
    public enum Dynamics {
        /** Those of Sutton and Barto's book; the experiments of the paper used them too. */
        BOOK,
        /** Those printed in the paper of 1995, where a term is missing. */
        NIPS
    }

    /** Numbers of a state and of an observation. */
    static final int STATE = 4;

    static final int SIZE = 6;

    /** Each value of the first state is drawn from [-START_BOUND, START_BOUND). */
    static final double START_BOUND = 0.1;

    private static final Options.Bounds START = new Options.Bounds(-START_BOUND, START_BOUND);
    private static final double MAX_START = 1e6;

    static final Box OBSERVATIONS = Box.of(
            new float[] {-1, -1, -1, -1, (float) -AcrobotDynamics.MAX_SPEED_1, (float) -AcrobotDynamics.MAX_SPEED_2},
            new float[] {1, 1, 1, 1, (float) AcrobotDynamics.MAX_SPEED_1, (float) AcrobotDynamics.MAX_SPEED_2});
    static final Discrete ACTIONS = Discrete.of(3);

    private static final int SIDE = 500;
    private static final double EDGE = 2.2;
    private static final double GOAL_HEIGHT = 1;

    private final Dynamics dynamics;
    private final double torqueNoiseMax;
    private final double[] scratch = new double[AcrobotDynamics.SCRATCH];
    // Angle of the upper link, of the lower one relative to it, and their velocities.
    private final double[] state = new double[STATE];

    /** An acrobot with the equations of the book and an exact motor. */
    public Acrobot() {
        this(Dynamics.BOOK, 0);
    }

    /**
     * An acrobot.
     *
     * @param torqueNoiseMax noise uniform in [-torqueNoiseMax, torqueNoiseMax) is added to the torque of each step, in
     *     N m; 0 for none
     */
    public Acrobot(Dynamics dynamics, double torqueNoiseMax) {
        super(OBSERVATIONS, ACTIONS, 15);
        this.dynamics = dynamics;
        this.torqueNoiseMax = Check.finite("torque_noise_max", Check.atLeast("torque_noise_max", torqueNoiseMax, 0));
    }

    @Override
    float[] begin(Map<String, Object> options) {
        float[] observation = new float[SIZE];
        start(random(), options, state, 0, observation, 0);
        return observation;
    }

    /** Draws a first state, to index {@code at} on, and observes it. */
    static void start(
            Pcg64 random, Map<String, Object> options, double[] state, int at, float[] observation, int observationAt) {
        Options.Bounds bounds = Options.bounds(options, START);
        Check.inClosed("low", bounds.low(), -MAX_START, MAX_START); // angles are wrapped turn by turn
        Check.inClosed("high", bounds.high(), -MAX_START, MAX_START);
        for (int i = 0; i < STATE; i++) {
            state[at + i] = (float) random.uniform(bounds.low(), bounds.high());
        }
        // Here Gymnasium's state is of float32, and so are its sines.
        float upper = (float) state[at];
        float lower = (float) state[at + 1];
        observation[observationAt] = FloatTrig.cos(upper);
        observation[observationAt + 1] = FloatTrig.sin(upper);
        observation[observationAt + 2] = FloatTrig.cos(lower);
        observation[observationAt + 3] = FloatTrig.sin(lower);
        observation[observationAt + 4] = (float) state[at + 2];
        observation[observationAt + 5] = (float) state[at + 3];
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        double torque = Actions.index("Acrobot", action, "torque -1", "torque 0", "torque +1") - 1;
        if (torqueNoiseMax > 0) {
            torque += random().uniform(-torqueNoiseMax, torqueNoiseMax);
        }
        AcrobotDynamics.step(state, 0, torque, dynamics == Dynamics.NIPS, scratch);
        float[] observation = new float[SIZE];
        double cosUpper = observe(state, 0, observation, 0, scratch);
        boolean terminated = AcrobotDynamics.reached(cosUpper, state[0], state[1]);
        return new StepResult<>(observation, terminated ? 0 : -1, terminated, false);
    }

    /** Observes a state after a step, and returns the cosine of the upper angle, whose observation is rounded. */
    static double observe(double[] state, int at, float[] observation, int observationAt, double[] scratch) {
        Trig.sinCos(state[at], scratch, 0);
        Trig.sinCos(state[at + 1], scratch, 2);
        observation[observationAt] = (float) scratch[1];
        observation[observationAt + 1] = (float) scratch[0];
        observation[observationAt + 2] = (float) scratch[3];
        observation[observationAt + 3] = (float) scratch[2];
        observation[observationAt + 4] = (float) state[at + 2];
        observation[observationAt + 5] = (float) state[at + 3];
        return scratch[1];
    }

    @Override
    void keep(StateFields fields) {
        for (int i = 0; i < state.length; i++) {
            state[i] = fields.keep(state[i]);
        }
    }

    @Override
    Canvas draw() {
        return new Canvas(SIDE, SIDE, Canvas.WHITE)
                .world(-EDGE, -EDGE, EDGE, EDGE)
                .line(1, -EDGE, GOAL_HEIGHT, EDGE, GOAL_HEIGHT)
                .at(
                        0,
                        0,
                        state[0],
                        upper -> drawLink(upper).at(0, -AcrobotDynamics.LENGTH_1, state[1], Acrobot::drawLink));
    }

    /** A link that hangs down from a joint at (0, 0). */
    private static Canvas drawLink(Canvas canvas) {
        return canvas.color(0x00cccc).fillRect(-0.1, -1, 0.1, 0).color(0xcccc00).fillCircle(0, 0, 0.1);
    }
}
