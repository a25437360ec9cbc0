package org.rltune.envs;

import java.util.Map;
import java.util.Set;
import org.rltune.check.Check;
import org.rltune.env.RenderMode;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.render.Canvas;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/**
 * TMaze-v0: a sign at the start of a corridor tells which way to turn at its end, where the sign is out of sight.
 *
 * <p>The task of Bakker, "Reinforcement Learning with Long Short-Term Memory" (2002), section 4: four moves, three bits to
 * see, and no way to turn right more often than by chance without remembering. Spaces, rewards, start, end and arguments:
 * {@code docs/envs/t_maze.md}.
 */
public final class TMaze extends DrawnEnv<float[], Integer> {
    /** Steps of the shortest way from the start to the junction, unless another number is given. */
    public static final int DEFAULT_LENGTH = 10;

    /* Actions: 0 up, 1 right, 2 down, 3 left. */
    private static final int UP = 0;
    private static final int RIGHT = 1;
    private static final double RIGHT_TURN = 4;
    private static final double WRONG_TURN = -0.1;
    private static final double STANDING_STILL = -0.1;

    private final int length;
    private int place;
    /** Whether the reward lies up. */
    private boolean up;
    /** The arm that was entered: 1 up, -1 down, 0 none so far. */
    private int arm;

    private int lastAction = -1;

    /** A maze with a corridor of {@value #DEFAULT_LENGTH} steps. */
    public TMaze() {
        this(DEFAULT_LENGTH);
    }

    /**
     * A maze.
     *
     * @param corridorLength steps of the shortest way from the start to the junction, at least 1
     */
    public TMaze(int corridorLength) {
        super(Box.of(0f, 1f, 3), Discrete.of(4), 8);
        this.length = Check.atLeast("corridor_length", corridorLength, 1);
    }

    @Override
    float[] begin(Map<String, Object> options) {
        Options.allowOnly(options);
        place = 0;
        up = random().choice(2) == 1;
        arm = 0;
        lastAction = -1;
        return observation();
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        lastAction = Actions.index("TMaze", action, "up", "right", "down", "left");
        boolean along = lastAction % 2 == 1;
        if (!along && place == length) {
            arm = lastAction == UP ? 1 : -1;
            boolean success = up == (arm > 0);
            Map<String, Object> info = Map.of("is_success", success);
            return new StepResult<>(observation(), success ? RIGHT_TURN : WRONG_TURN, true, false, info);
        }
        int next = along ? place + (lastAction == RIGHT ? 1 : -1) : place;
        next = Math.min(Math.max(next, 0), length);
        double reward = next == place ? STANDING_STILL : 0;
        place = next;
        return new StepResult<>(observation(), reward, false, false, Map.of());
    }

    /** Bakker's bits: 011 and 110 are the signs, 101 the corridor, 010 the junction. */
    private float[] observation() {
        if (place == 0) {
            return up ? new float[] {0, 1, 1} : new float[] {1, 1, 0};
        }
        return place == length ? new float[] {0, 1, 0} : new float[] {1, 0, 1};
    }

    @Override
    void keep(StateFields fields) {
        place = fields.keep(place);
        up = fields.keep(up);
        arm = fields.keep(arm);
        lastAction = fields.keep(lastAction);
    }

    @Override
    public Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    /** Three lines: the arms above and below the junction, G where the reward lies; ^ or v at the start; x is the walker. */
    @Override
    public String renderText() {
        requireBegun();
        StringBuilder corridor = new StringBuilder().append(up ? '^' : 'v');
        for (int i = 1; i <= length; i++) {
            corridor.append(i == length ? '+' : '.');
        }
        if (arm == 0) {
            corridor.setCharAt(place, 'x');
        }
        String indent = " ".repeat(length);
        return indent + armText(1) + "\n" + corridor + "\n" + indent + armText(-1) + "\n";
    }

    private char armText(int which) {
        return arm == which ? 'x' : up == (which > 0) ? 'G' : 'o';
    }

    @Override
    Canvas draw() {
        return TMazePicture.draw(length, place, up, arm, lastAction);
    }
}
