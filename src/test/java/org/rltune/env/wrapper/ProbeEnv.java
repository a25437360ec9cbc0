package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rltune.env.RenderMode;
import org.rltune.env.SeededEnv;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * An environment whose observations, rewards and pictures are formulas of the episode and the step: the one that {@code
 * record_wrappers.py} puts Gymnasium's wrappers around. It draws nothing, and remembers its actions.
 */
public final class ProbeEnv<O, A> extends SeededEnv<O, A> {
    /** An observation from episode and step. */
    public interface Formula<O> {
        O at(int episode, int step);
    }

    public static final Box BOX = Box.of(new float[] {-1, -5, -1500}, new float[] {2, 20, 1500});
    public static final Box ACTIONS = Box.of(-2, 3, 2);

    private final Formula<O> formula;
    private final int length;
    public final List<A> actions = new ArrayList<>();
    private int episode = -1;
    private int step;
    private boolean closed;

    public ProbeEnv(Space<O> observations, Space<A> actionSpace, Formula<O> formula, int length) {
        super(observations, actionSpace);
        this.formula = formula;
        this.length = length;
    }

    /** Begins with this episode. */
    public ProbeEnv<O, A> startingAt(int first) {
        episode = first - 1;
        return this;
    }

    static ProbeEnv<float[], float[]> vectors(int length) {
        return new ProbeEnv<>(BOX, ACTIONS, ProbeEnv::vector, length);
    }

    static ProbeEnv<float[], float[]> vectors() {
        return vectors(7);
    }

    static ProbeEnv<byte[], float[]> images() {
        return new ProbeEnv<>(ArrayBox.uint8(0, 255, 6, 5, 3), ACTIONS, ProbeEnv::image, 7);
    }

    static ProbeEnv<double[], float[]> doubles() {
        return new ProbeEnv<>(
                ArrayBox.float64(-100, 100, 2), ACTIONS, (e, t) -> new double[] {t * 1.5 + e / 3.0, -t * t * 0.01}, 7);
    }

    static ProbeEnv<Map<String, Object>, float[]> maps() {
        return new ProbeEnv<>(
                Dict.of("alpha", Discrete.of(3), "zeta", BOX),
                ACTIONS,
                (e, t) -> Map.of("zeta", vector(e, t), "alpha", t % 3),
                7);
    }

    static ProbeEnv<List<Object>, float[]> lists() {
        return new ProbeEnv<>(Tuple.of(BOX, Discrete.of(3, 1)), ACTIONS, (e, t) -> List.of(vector(e, t), 1 + t % 3), 7);
    }

    public static float[] vector(int e, int t) {
        return new float[] {
            (float) ((t * 37 + e * 11) % 19 / 7.0 - 1),
            (float) ((t * t - 5 * e) / 16.0),
            (float) (((t * 53) % 31 - 15) * 100.0)
        };
    }

    public static byte[] image(int e, int t) {
        byte[] image = new byte[6 * 5 * 3];
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 5; x++) {
                image[3 * (5 * y + x)] = (byte) (x * 50 + t * 3 + e);
                image[3 * (5 * y + x) + 1] = (byte) (y * 40 + 7 * t);
                image[3 * (5 * y + x) + 2] = (byte) (x * y * 11 + t * t);
            }
        }
        return image;
    }

    @Override
    protected O start(Map<String, Object> options) {
        episode++;
        step = 0;
        return formula.at(episode, 0);
    }

    @Override
    public StepResult<O> step(A action) {
        actions.add(Values.copy(action)); // the array may be used again
        step++;
        boolean ended = step >= length + episode % 3;
        double reward = episode * 0.25 - step * 0.5 + 0.1 * (step % 3);
        return new StepResult<>(
                formula.at(episode, step), reward, ended && episode % 2 == 0, ended && episode % 2 == 1);
    }

    @Override
    public Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    @Override
    public BufferedImage renderFrame() {
        BufferedImage picture = new BufferedImage(5, 6, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 5; x++) {
                picture.setRGB(x, y, (x * 50 + step * 3) % 256 << 16 | y * 40 % 256 << 8 | x * y * 11 % 256);
            }
        }
        return picture;
    }

    @Override
    public String renderText() {
        return "episode " + episode + ", step " + step;
    }

    @Override
    protected void state(StateFields fields) {
        episode = fields.keep(episode);
        step = fields.keep(step);
    }

    @Override
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }
}
