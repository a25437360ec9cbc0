package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Space;

/** An environment without fault but the one that it is given, by name. */
final class BadEnv implements Env<float[], float[]> {
    private static final Box OBSERVATIONS = Box.of(-50, 50, 2);
    private static final Box ACTIONS = Box.of(-1, 1, 2);
    private static final float[] REUSED = new float[2];
    private static final BufferedImage SHARED = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    private static int calls;
    private static int instances;
    private static double sharedPlace;

    private final String fault;
    private final int instance = ++instances;
    private final Map<String, Object> reusedInfo = new HashMap<>();
    private byte[] reusedSnapshot = new byte[1];
    private Pcg64 random = new Pcg64(0);
    private float[] lastAction = new float[2];
    private double place;
    private double speed;
    private int steps;
    private int episodes;
    private int pictures;
    private boolean closed;

    BadEnv(String fault) {
        this.fault = fault;
    }

    private boolean is(String name) {
        return fault.equals(name);
    }

    @Override
    @SuppressWarnings("NullAway") // a fault that is tested
    public Space<float[]> observationSpace() {
        if (is("space throws")) {
            throw new IllegalStateException("not yet");
        }
        if (is("space changes")) {
            return Box.of(-50 - ++calls, 50, 2);
        }
        if (is("space of its own")) {
            return Box.of(-50 - instance, 50, 2);
        }
        return is("no space") ? null : OBSERVATIONS;
    }

    @Override
    @SuppressWarnings("NullAway") // a fault that is tested
    public Space<float[]> actionSpace() {
        return is("no action space") ? null : ACTIONS;
    }

    @Override
    @SuppressWarnings("NullAway") // a fault that is tested
    public ResetResult<float[]> reset(@Nullable Long seed, Map<String, Object> options) {
        if (is("reset throws") || (is("reset needs a seed") && seed == null)) {
            throw new IllegalStateException("no seed");
        }
        if (seed != null && seed < 0 && !is("negative seed")) {
            if (is("negative seed fails")) {
                throw new ArithmeticException("sqrt");
            }
            throw new IllegalArgumentException("negative");
        }
        if (!options.isEmpty() && !is("options ignored")) {
            throw is("options fail") ? new ClassCastException() : new IllegalArgumentException("no options");
        }
        if (seed != null && !is("never seeded")) {
            random = new Pcg64(is("always one seed") ? 0 : Math.abs(seed));
        }
        // The coin falls alike for the seeds 123 and 456.
        place = is("no chance") ? 0 : is("coin") ? random.choice(2) : random.uniform(-1, 1);
        sharedPlace = is("static state") ? place : sharedPlace;
        speed = is("speed left over") ? speed : 0;
        steps = 0;
        episodes++;
        lastAction = new float[2];
        Map<String, Object> info = is("reset info by call") ? Map.of("n", ++calls) : info();
        return is("reset null") ? null : new ResetResult<>(observation("reset"), info);
    }

    @Override
    @SuppressWarnings({"NullAway", "unchecked", "rawtypes"}) // faults that are tested
    public StepResult<float[]> step(float[] action) {
        steps++;
        calls++;
        if (is("snapshot shared")) {
            reusedSnapshot[0]++;
        }
        if (is("step throws") && steps == 7) {
            throw new ArithmeticException("by zero");
        }
        speed += 0.1 * action[0] + (is("action kept") ? 0.1 * lastAction[1] : 0);
        speed += is("no chance") || is("coin") ? 0 : random.uniform(-0.05, 0.05);
        speed += is("clock") ? calls * 1e-3 : 0;
        speed += is("instance number") ? instance * 1e-3 : 0;
        speed += is("late instance number") && steps > EpisodeChecks.STEPS ? instance : 0;
        if (is("static state")) {
            place = sharedPlace;
        }
        place += speed;
        sharedPlace = is("static state") ? place : sharedPlace;
        lastAction = action;
        if (is("action changed")) {
            action[0] = 0.5f;
        }
        double reward = is("reward by call") ? calls : is("reward NaN") ? Double.NaN : place;
        boolean late = is("late instance number");
        boolean terminated = is("both flags") ? steps > 5 : Math.abs(place) > 10 && !late;
        boolean truncated = (is("truncated at once") && steps == 1) || (is("both flags") && terminated);
        if (is("flag by call")) {
            truncated = steps > 5 && calls % 7 == 0;
        }
        Map<String, Object> info = is("info by call") ? Map.of("n", calls) : info();
        if (is("step null")) {
            return null;
        }
        if (is("wrong type")) {
            return (StepResult) new StepResult<>(new double[2], 0, false, false);
        }
        return new StepResult<>(observation("step"), reward, terminated, truncated, is("info null") ? null : info);
    }

    private Map<String, Object> info() {
        if (is("info reused")) {
            reusedInfo.put("n", steps);
            return reusedInfo;
        }
        if (is("info with an array")) {
            return Map.of("n", new int[] {steps}, "list", List.of(new double[] {place}), "any", new Object());
        }
        return Map.of();
    }

    @SuppressWarnings("NullAway") // a fault that is tested
    private float[] observation(String call) {
        if (is("observation null")) {
            return null;
        }
        if (is("reset outside") && call.equals("reset")) {
            return new float[] {0, 51};
        }
        if (is("step outside") && call.equals("step")) {
            return new float[] {0, Float.NaN};
        }
        if (is("wrong length")) {
            return new float[3];
        }
        float[] observation = is("observation reused") ? REUSED : new float[2];
        observation[0] = (float) Math.max(-50, Math.min(50, place));
        observation[1] = (float) Math.max(-50, Math.min(50, speed));
        return observation;
    }

    @Override
    public Set<RenderMode> renderModes() {
        return is("undeclared") ? Set.of() : Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    @Override
    public int renderFps() {
        return is("no fps") ? 0 : 30;
    }

    @Override
    @SuppressWarnings("NullAway") // a fault that is tested
    public BufferedImage renderFrame() {
        if (is("render throws")) {
            throw new IllegalStateException("no display");
        }
        if (is("render draws chance")) {
            random.nextDouble();
        }
        if (is("render moves")) {
            place += 1e-3;
        }
        int side = is("render grows") ? 4 + ++pictures : 4;
        return is("render null")
                ? null
                : is("render shared") ? SHARED : new BufferedImage(side, 4, BufferedImage.TYPE_INT_RGB);
    }

    @Override
    public String renderText() {
        return is("blank text") ? " " : "at " + place;
    }

    @Override
    public Optional<byte[]> snapshot() {
        if (is("no snapshot") || is("late instance number") || is("no snapshot, anything restored")) {
            return Optional.empty();
        }
        if (is("snapshot draws")) {
            random.nextDouble();
        }
        reusedSnapshot = Snapshots.save(this, this::state).orElseThrow();
        return Optional.of(reusedSnapshot);
    }

    @Override
    public void restore(byte[] snapshot) {
        if (is("anything restored") && snapshot.length < 20) {
            return;
        }
        if (is("no snapshot") || is("late instance number")) {
            throw new UnsupportedOperationException();
        }
        if (is("no snapshot, anything restored")) {
            return;
        }
        if (is("restore fails oddly") && snapshot.length < 20) {
            throw new ArrayIndexOutOfBoundsException(snapshot.length);
        }
        Snapshots.restore(this, snapshot, this::state);
    }

    private void state(StateFields fields) {
        place = fields.keep(place);
        if (!is("snapshot without speed")) {
            speed = fields.keep(speed);
        }
        if (!is("snapshot without generator")) {
            fields.keep(random);
        }
        steps = fields.keep(steps);
        lastAction = fields.keep(lastAction);
    }

    @Override
    public void close() {
        if (is("close throws") || (is("close once") && closed)) {
            throw new IllegalStateException("closed");
        }
        closed = true;
    }
}
