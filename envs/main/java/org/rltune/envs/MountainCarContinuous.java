package org.rltune.envs;

import java.util.Map;
import java.util.Optional;
import org.rltune.check.Check;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.render.Canvas;
import org.rltune.space.Box;

/**
 * MountainCarContinuous-v0: drive a car out of a valley with a motor of adjustable force that is too weak for the slope.
 *
 * <p>The task of {@link MountainCar} with one continuous action, the force from -1 (left) to 1 (right), and a reward that
 * counts fuel. The bits are those of Gymnasium 1.3 under NumPy 2: float64 in the first step of an episode, then float32,
 * except where a value is clipped. Observed are position and velocity. Spaces, rewards, start, end and arguments:
 * {@code docs/envs/mountain_car_continuous.md}.
 */
public final class MountainCarContinuous extends DrawnEnv<float[], float[]> {
    /** Where the flag stands. */
    static final double GOAL_POSITION = 0.45;

    private static final double MIN_POSITION = MountainCar.MIN_POSITION;
    private static final double MAX_POSITION = MountainCar.MAX_POSITION;
    private static final double MAX_SPEED = MountainCar.MAX_SPEED;
    private static final double POWER = 0.0015;
    private static final double GRAVITY = 0.0025;
    private static final double GOAL_REWARD = 100;
    private static final double FUEL_COST = 0.1;
    static final Box OBSERVATIONS = Box.of(
            new float[] {(float) MIN_POSITION, (float) -MAX_SPEED},
            new float[] {(float) MAX_POSITION, (float) MAX_SPEED});
    static final Box ACTIONS = Box.of(-1, 1, 1);

    private final MountainCarTask own;
    private MountainCarTask next;
    private MountainCarTask task; // of the running episode
    private double position;
    private double velocity;
    private boolean first; // step of the episode

    /** A car that may pass the flag at any speed. */
    public MountainCarContinuous() {
        this(0);
    }

    /** A car that has to pass the flag at this velocity or faster. */
    public MountainCarContinuous(double goalVelocity) {
        super(OBSERVATIONS, ACTIONS, 30);
        own = new MountainCarTask(GOAL_POSITION, Check.finite("goal_velocity", goalVelocity));
        next = own;
        task = own;
    }

    /** A map: {@code goal_position}, where the flag stands, and {@code goal_velocity}. */
    @Override
    public Optional<Object> task() {
        return Optional.of(next.plain());
    }

    /** What the map leaves out is as the car was made. */
    @Override
    public void setTask(Object map) {
        next = MountainCarTask.of(map, own);
    }

    @Override
    float[] begin(Map<String, Object> options) {
        task = next;
        Options.Bounds bounds = Options.bounds(options, MountainCar.START_LOW, MountainCar.START_HIGH);
        position = random().uniform(bounds.low(), bounds.high());
        velocity = 0;
        first = true;
        return observation();
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        boolean terminated;
        if (first) {
            velocity = firstVelocity(position, action[0]);
            position = Math.min(Math.max(position + velocity, MIN_POSITION), MAX_POSITION);
            velocity = position == MIN_POSITION && velocity < 0 ? 0 : velocity;
            terminated = position >= task.goalPosition() && velocity >= task.goalVelocity();
            first = false;
        } else {
            velocity = nextVelocity((float) position, (float) velocity, action[0]);
            position = nextPosition((float) position, (float) velocity);
            velocity = hitsWall((float) position, velocity) ? 0 : velocity;
            terminated = reached((float) position, velocity, task);
        }
        return new StepResult<>(observation(), reward(terminated, action[0]), terminated, false);
    }

    /** The velocity after the first step of an episode, before a wall is hit. */
    static double firstVelocity(double position, float action) {
        double pull = GRAVITY * Trig.cos(3 * position);
        double push = Math.abs(action) > 1 ? Math.signum(action) * POWER - pull : action * (float) POWER - (float) pull;
        return Math.min(Math.max(push, -MAX_SPEED), MAX_SPEED);
    }

    /**
     * The velocity after a later step, before a wall is hit: a float, or {@code MAX_SPEED} in double precision where it is
     * clipped.
     */
    static double nextVelocity(float position, float velocity, float action) {
        double pull = GRAVITY * Trig.cos(3 * position);
        float push = Math.abs(action) > 1
                ? (float) (Math.signum(action) * POWER - pull)
                : action * (float) POWER - (float) pull;
        float faster = velocity + push;
        if (Math.abs(faster) > (float) MAX_SPEED) {
            return Math.copySign(MAX_SPEED, faster);
        }
        return faster;
    }

    /** The position after a later step, given the new velocity. */
    static float nextPosition(float position, float velocity) {
        return Math.min(Math.max(position + velocity, (float) MIN_POSITION), (float) MAX_POSITION);
    }

    /** Whether the car runs into the left wall in a later step, where it loses its velocity. */
    static boolean hitsWall(float position, double velocity) {
        return position == (float) MIN_POSITION && velocity < 0;
    }

    /** Whether the car is at the flag after a later step, fast enough; a velocity that was clipped is no float. */
    static boolean reached(float position, double velocity, MountainCarTask task) {
        boolean clipped = velocity != (float) velocity;
        return position >= (float) task.goalPosition()
                && velocity >= (clipped ? task.goalVelocity() : (float) task.goalVelocity());
    }

    /** The reward of a step, given the action before it is clipped. */
    static double reward(boolean reached, float action) {
        return (reached ? GOAL_REWARD : 0) - (double) action * action * FUEL_COST;
    }

    private float[] observation() {
        return new float[] {(float) position, (float) velocity};
    }

    @Override
    void keep(StateFields fields) {
        position = fields.keep(position);
        velocity = fields.keep(velocity);
        first = fields.keep(first);
        task = task.kept(fields);
        next = next.kept(fields);
    }

    @Override
    Canvas draw() {
        return Valley.draw(position, task.goalPosition());
    }
}
