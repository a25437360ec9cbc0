package org.rltune.env.vector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.rltune.env.AutoresetMode;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.TransformingWrapper;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorOptions;
import org.rltune.env.wrapper.ProbeEnv;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Tuple;

/**
 * The vector environments that {@code record_vector_wrappers.py} puts Gymnasium's vector wrappers around: environment i
 * begins with episode i and has episodes of other lengths than its neighbour.
 */
final class Probes {
    static final int ENVS = 3;
    static final int LENGTH = 4;

    private Probes() {}

    private static Env<?, ?> probe(String kind, int length, int first) {
        return switch (kind) {
            case "vectors" ->
                new ProbeEnv<>(ProbeEnv.BOX, ProbeEnv.ACTIONS, ProbeEnv::vector, length).startingAt(first);
            case "numbers" ->
                new ProbeEnv<>(
                                Box.of(-1, 1, 1),
                                ProbeEnv.ACTIONS,
                                (e, t) -> new float[] {ProbeEnv.vector(e, t)[0] * 0.37f},
                                length)
                        .startingAt(first);
            case "images" ->
                new ProbeEnv<>(ArrayBox.uint8(0, 255, 6, 5, 3), ProbeEnv.ACTIONS, ProbeEnv::image, length)
                        .startingAt(first);
            case "maps" ->
                new ProbeEnv<>(
                                Dict.of(
                                        "alpha",
                                        Discrete.of(3),
                                        "beta",
                                        ArrayBox.uint8(0, 255, 6, 5, 3),
                                        "zeta",
                                        ProbeEnv.BOX),
                                ProbeEnv.ACTIONS,
                                Probes::map,
                                length)
                        .startingAt(first);
            case "lists" ->
                new ProbeEnv<>(
                                Tuple.of(ProbeEnv.BOX, Discrete.of(3, 1)),
                                ProbeEnv.ACTIONS,
                                (e, t) -> List.of(ProbeEnv.vector(e, t), 1 + t % 3),
                                length)
                        .startingAt(first);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Map<String, Object> map(int e, int t) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("alpha", t % 3);
        map.put("beta", ProbeEnv.image(e, t));
        map.put("zeta", ProbeEnv.vector(e, t));
        return map;
    }

    static VectorEnv envs(String kind, int n, AutoresetMode mode) {
        return envs(kind, n, mode, LENGTH, env -> env);
    }

    static VectorEnv envs(String kind, int n, AutoresetMode mode, int length, UnaryOperator<Env<?, ?>> wrapper) {
        return of(n, mode, e -> probe(kind, length + e % 4, e), wrapper);
    }

    static VectorEnv of(int n, AutoresetMode mode, IntFunction<Env<?, ?>> maker, UnaryOperator<Env<?, ?>> wrapper) {
        EnvSpec spec = EnvSpec.of("test/Probe-v0", context -> maker.apply(context.vectorIndex()))
                .withDisableEnvChecker(true);
        return Envs.makeVec(
                spec, n, VectorOptions.defaults().withAutoreset(mode).withWrapper(wrapper));
    }

    /** The probe of environment e. */
    static ProbeEnv<?, ?> inside(VectorEnv envs, int e) {
        return (ProbeEnv<?, ?>) ((TransformingWrapper<?, ?, ?, ?>) envs.env(e).orElseThrow()).unwrapped();
    }
}
