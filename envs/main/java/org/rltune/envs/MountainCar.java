package org.rltune.envs;

import java.util.Map;
import java.util.Optional;
import org.rltune.check.Check;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.render.Canvas;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/**
 * MountainCar-v0: drive a car out of a valley by pushing it left (action 0), not at all (1) or right (2); the motor is
 * too weak for the slope, so the car must swing.
 *
 * <p>The task of Moore, "Efficient memory-based learning for robot control" (1990), as in Sutton and Barto's book. The
 * bits are those of Gymnasium 1.3: the same operations in the same order in float64, observed as float32: position and
 * velocity. Spaces, rewards, start, end and arguments: {@code docs/envs/mountain_car.md}.
 */
public final class MountainCar extends DrawnEnv<float[], Integer> {
    /** The car stands still at the left wall and cannot pass the right one. */
    static final double MIN_POSITION = -1.2;

    static final double MAX_POSITION = 0.6;
    /** The velocity is kept within this on both sides. */
    static final double MAX_SPEED = 0.07;
    /** Where the flag stands. */
    static final double GOAL_POSITION = 0.5;
    /** The first position is drawn from [START_LOW, START_HIGH); the first velocity is 0. */
    static final double START_LOW = -0.6;

    static final double START_HIGH = -0.4;

    private static final double FORCE = 0.001;
    private static final double GRAVITY = 0.0025;
    static final Box OBSERVATIONS = Box.of(
            new float[] {(float) MIN_POSITION, (float) -MAX_SPEED},
            new float[] {(float) MAX_POSITION, (float) MAX_SPEED});
    static final Discrete ACTIONS = Discrete.of(3);

    private final MountainCarTask own;
    private MountainCarTask next;
    private MountainCarTask task; // of the running episode
    private double position;
    private double velocity;

    /** A car that may pass the flag at any speed. */
    public MountainCar() {
        this(0);
    }

    /** A car that has to pass the flag at this velocity or faster. */
    public MountainCar(double goalVelocity) {
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
        Options.Bounds bounds = Options.bounds(options, START_LOW, START_HIGH);
        position = random().uniform(bounds.low(), bounds.high());
        velocity = 0;
        return observation();
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        velocity = nextVelocity(position, velocity, Actions.index("MountainCar", action, "left", "nothing", "right"));
        position = nextPosition(position, velocity);
        if (hitsWall(position, velocity)) {
            velocity = 0;
        }
        return new StepResult<>(observation(), -1, reached(position, velocity, task), false);
    }

    /** The velocity after a step, before a wall is hit. */
    static double nextVelocity(double position, double velocity, int action) {
        double faster = velocity + ((action - 1) * FORCE + Trig.cos(3 * position) * -GRAVITY);
        return Math.min(Math.max(faster, -MAX_SPEED), MAX_SPEED);
    }

    /** The position after a step, given the new velocity. */
    static double nextPosition(double position, double velocity) {
        return Math.min(Math.max(position + velocity, MIN_POSITION), MAX_POSITION);
    }

    /** Whether the car runs into the left wall, where it loses its velocity. */
    static boolean hitsWall(double position, double velocity) {
        return position == MIN_POSITION && velocity < 0;
    }

    /** Whether the car is at the flag, fast enough. */
    static boolean reached(double position, double velocity, MountainCarTask task) {
        return position >= task.goalPosition() && velocity >= task.goalVelocity();
    }

    private float[] observation() {
        return new float[] {(float) position, (float) velocity};
    }

    @Override
    void keep(StateFields fields) {
        position = fields.keep(position);
        velocity = fields.keep(velocity);
        task = task.kept(fields);
        next = next.kept(fields);
    }

    @Override
    Canvas draw() {
        return Valley.draw(position, task.goalPosition());
    }
}
