package org.rltune.env.vector;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rltune.env.AutoresetMode;
import org.rltune.env.Env;
import org.rltune.env.EpisodeState;
import org.rltune.env.RenderMode;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.space.Space;

/**
 * A vector environment around another one, as Gymnasium's {@code VectorWrapper}; passes on what a subclass does not
 * change. Closing it closes the one inside.
 */
public abstract class VectorWrapper implements VectorEnv {
    private final VectorEnv inner;

    /** Wraps these environments. */
    protected VectorWrapper(VectorEnv inner) {
        this.inner = inner;
    }

    /** The vector environment inside. */
    public final VectorEnv inner() {
        return inner;
    }

    /** The innermost vector environment, without any vector wrapper. */
    public final VectorEnv unwrapped() {
        VectorEnv env = inner;
        while (env instanceof VectorWrapper wrapper) {
            env = wrapper.inner;
        }
        return env;
    }

    @Override
    public final int numEnvs() {
        return inner.numEnvs();
    }

    @Override
    public Space<?> observationSpace() {
        return inner.observationSpace();
    }

    @Override
    public Space<?> actionSpace() {
        return inner.actionSpace();
    }

    @Override
    public final AutoresetMode autoresetMode() {
        return inner.autoresetMode();
    }

    @Override
    public int observationSize() {
        return inner.observationSize();
    }

    @Override
    public int actionSize() {
        return inner.actionSize();
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        inner.reset(request, out);
    }

    @Override
    public void restart(long[] episode, float[] observation) {
        inner.restart(episode, observation);
    }

    @Override
    public final long episode(int e) {
        return inner.episode(e);
    }

    @Override
    public void step(float[] action, VectorStep out) {
        inner.step(action, out);
    }

    @Override
    public final long faultyEpisodes() {
        return inner.faultyEpisodes();
    }

    @Override
    public final long activity() {
        return inner.activity();
    }

    @Override
    public final Optional<Object> task() {
        return inner.task();
    }

    @Override
    public final void setTask(Object task) {
        inner.setTask(task);
    }

    @Override
    public List<EpisodeState> save() {
        return inner.save();
    }

    @Override
    public void restore(List<EpisodeState> states, float[] observation) {
        inner.restore(states, observation);
    }

    /** Why a wrapper whose numbers depend on more than the running episodes cannot be saved or restored. */
    final UnsupportedOperationException stateful(String call, String what) {
        return new UnsupportedOperationException(getClass().getSimpleName() + ": " + call + " keeps where each episode"
                + " stands, but not " + what + ". Save the environments inside, or leave this wrapper out");
    }

    @Override
    public Set<RenderMode> renderModes() {
        return inner.renderModes();
    }

    @Override
    public int renderFps() {
        return inner.renderFps();
    }

    @Override
    public BufferedImage renderFrame(int e) {
        return inner.renderFrame(e);
    }

    @Override
    public final Optional<Env<?, ?>> env(int e) {
        return inner.env(e);
    }

    @Override
    public void close() {
        inner.close();
    }

    /** For example {@code <ClipAction, SyncVectorEnv[Pendulum-v1, 8 environments, NEXT_STEP]>}. */
    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + ", " + inner + ">";
    }

    /** Refuses an array that is not for all environments. */
    static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has " + length + " entries, but must have " + expected);
        }
    }
}
