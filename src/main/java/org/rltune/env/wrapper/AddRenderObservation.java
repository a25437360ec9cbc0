package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.rltune.env.Env;
import org.rltune.env.render.Pixels;
import org.rltune.space.ArrayBox;
import org.rltune.space.Dict;
import org.rltune.space.Space;

/**
 * Gives the picture of the environment as observation or beside it, as Gymnasium's wrapper of this name: bytes of shape
 * (height, width, 3).
 *
 * <p>To learn the size of the pictures the constructor resets the environment once, as Gymnasium's does.
 *
 * @param <O> type of an observation outside: {@code byte[]}, or a map
 * @param <A> type of an action
 * @param <P> type of an observation inside
 */
public final class AddRenderObservation<O, A, P> extends ObservationWrapper<O, A, P> {
    /** Gymnasium's key for the picture. */
    public static final String DEFAULT_RENDER_KEY = "pixels";
    /** Gymnasium's key for the observation inside. */
    public static final String DEFAULT_OBS_KEY = "state";

    private final BiFunction<P, byte[], O> join;

    private AddRenderObservation(Env<P, A> inner, Space<O> space, BiFunction<P, byte[], O> join) {
        super(inner, space);
        this.join = join;
    }

    /** The picture in place of the observation: Gymnasium's default. */
    public static <A, P> AddRenderObservation<byte[], A, P> renderOnly(Env<P, A> inner) {
        return new AddRenderObservation<>(inner, pictures(inner), (observation, picture) -> picture);
    }

    /**
     * The picture beside the observation: under a key of the same map, or both in a new one.
     *
     * @param renderKey the key of the picture
     * @param obsKey the key of the observation, where it is no map itself
     */
    @SuppressWarnings("unchecked") // the observations of a Dict are maps
    public static <A, P> AddRenderObservation<Map<String, Object>, A, P> beside(
            Env<P, A> inner, String renderKey, String obsKey) {
        boolean isMap = inner.observationSpace() instanceof Dict;
        Map<String, Space<?>> spaces = new LinkedHashMap<>();
        if (inner.observationSpace() instanceof Dict dict) {
            spaces.putAll(dict.spaces());
        } else {
            spaces.put(obsKey, inner.observationSpace());
        }
        if (spaces.containsKey(renderKey)) {
            throw new IllegalArgumentException("renderKey is '" + renderKey
                    + "', but the observations already have this key: " + spaces.keySet() + ". Choose another one.");
        }
        spaces.put(renderKey, pictures(inner));
        return new AddRenderObservation<>(inner, Dict.sorted(spaces), (observation, picture) -> {
            Map<String, Object> joined = new LinkedHashMap<>();
            if (isMap) {
                joined.putAll((Map<String, Object>) observation);
            } else {
                joined.put(obsKey, observation);
            }
            joined.put(renderKey, picture);
            return Collections.unmodifiableMap(joined);
        });
    }

    private static ArrayBox<byte[]> pictures(Env<?, ?> env) {
        Needs.pictures("AddRenderObservation", env);
        env.reset();
        BufferedImage picture = env.renderFrame();
        return ArrayBox.uint8(0, 255, picture.getHeight(), picture.getWidth(), 3);
    }

    @Override
    public O observation(P observation) {
        return join.apply(observation, Pixels.bytes(renderFrame()));
    }
}
