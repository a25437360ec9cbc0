package org.rltune.env.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rltune.env.AutoresetMode;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededBatch;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorOptions;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** Counts bytes by the JVM's own counter of this thread: wrappers of flat forms allocate nothing in a step. */
class VectorAllocationTest {
    private static final int ENVS = 8;
    private static final int STEPS = 500;

    /** Counts up in every float; episodes end after a number of steps that differs. */
    private static final class Counting extends SeededBatch {
        private final int[] steps = new int[ENVS];
        private final int size;

        Counting(Space<?> space) {
            super(ENVS, space, Box.of(-1, 1, 2));
            size = space.flatSize();
        }

        @Override
        protected void start(int e, Pcg64 random, Map<String, Object> options, float[] observation) {
            steps[e] = (int) random.integers(0, 20);
            fill(e, observation);
        }

        private void fill(int e, float[] observation) {
            for (int j = 0; j < size; j++) {
                observation[e * size + j] = (steps[e] + j) % 2;
            }
        }

        @Override
        public void step(int from, int to, float[] action, VectorStep out) {
            for (int e = from; e < to; e++) {
                steps[e]++;
                fill(e, out.observation);
                out.reward[e] = action[2 * e];
                out.terminated[e] = steps[e] % 25 == 0;
                out.truncated[e] = false;
            }
        }
    }

    private static final Space<?> VECTORS = Box.of(-9, 9, 3);
    private static final Space<?> IMAGES = ArrayBox.uint8(0, 255, 12, 10, 3);
    private static final Space<?> MAPS = Dict.of("gear", Discrete.of(3), "place", VECTORS);

    private record Case(Space<?> inside, Function<VectorEnv, VectorEnv> wrapper) {}

    private static Map<String, Case> all() {
        Map<String, Case> all = new LinkedHashMap<>();
        all.put("ClipAction", new Case(VECTORS, ClipAction::new));
        all.put("RescaleAction", new Case(VECTORS, env -> new RescaleAction(env, 0, 1)));
        all.put(
                "TransformAction",
                new Case(
                        VECTORS,
                        env -> new TransformAction(
                                env, (from, at, into, to) -> into[to] = into[to + 1] = from[at], Discrete.of(2))));
        all.put("TransformReward", new Case(VECTORS, env -> new TransformReward(env, r -> 2 * r)));
        all.put("ClipReward", new Case(VECTORS, env -> new ClipReward(env, -1, 1)));
        all.put("NormalizeReward", new Case(VECTORS, NormalizeReward::new));
        all.put("NormalizeObservation", new Case(VECTORS, NormalizeObservation::new));
        all.put("NormalizeObservation of numbers", new Case(Box.of(0, 1, 1), NormalizeObservation::new));
        all.put(
                "TransformObservation",
                new Case(
                        VECTORS,
                        env -> new TransformObservation(
                                env, (from, at, into, to) -> into[to] = from[at], Box.of(0, 1, 1))));
        all.put("RescaleObservation", new Case(VECTORS, env -> new RescaleObservation(env, 0, 1)));
        all.put("ReshapeObservation", new Case(VECTORS, env -> new ReshapeObservation(env, 1, 3)));
        all.put("DtypeObservation", new Case(VECTORS, env -> DtypeObservation.to(env, DType.INT16)));
        all.put("FlattenObservation", new Case(MAPS, FlattenObservation::new));
        all.put("FilterObservation", new Case(MAPS, env -> FilterObservation.keys(env, "place")));
        all.put("GrayscaleObservation", new Case(IMAGES, GrayscaleObservation::new));
        all.put("ResizeObservation by halves", new Case(IMAGES, env -> new ResizeObservation(env, 6, 5)));
        all.put("ResizeObservation smaller", new Case(IMAGES, env -> new ResizeObservation(env, 5, 7)));
        all.put("ResizeObservation larger", new Case(IMAGES, env -> new ResizeObservation(env, 20, 30)));
        all.put(
                "all together",
                new Case(
                        IMAGES,
                        env -> new NormalizeReward(new ClipAction(new NormalizeObservation(
                                new ReshapeObservation(new GrayscaleObservation(env), 4, 30))))));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> aStepAllocatesNothing() {
        return all().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    for (AutoresetMode mode : new AutoresetMode[] {AutoresetMode.NEXT_STEP, AutoresetMode.SAME_STEP}) {
                        measure(entry.getValue(), mode);
                    }
                }));
    }

    private static void measure(Case one, AutoresetMode mode) {
        EnvSpec spec = EnvSpec.of("test/Counting-v0", context -> {
                    throw new IllegalStateException("the vector entry point is taken");
                })
                .withVectorEntryPoint((context, numEnvs) -> new Counting(one.inside()));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        int ends = 0;
        try (VectorEnv env = one.wrapper()
                .apply(Envs.makeVec(spec, ENVS, VectorOptions.defaults().withAutoreset(mode)))) {
            VectorStep out = env.newStep();
            float[] actions = new float[ENVS * env.actionSize()];
            env.reset(VectorReset.seed(1), out);
            for (int attempt = 0; attempt < 3; attempt++) { // the first ones make room
                long before = threads.getThreadAllocatedBytes(thread);
                for (int k = 0; k < STEPS; k++) {
                    env.step(actions, out);
                    ends += out.ended(0) ? 1 : 0;
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            }
        }
        assertThat(ends).isGreaterThan(20);
        assertThat(least)
                .as("bytes of 4000 environment steps in mode " + mode + "; a few come from the counter")
                .isLessThan(500);
    }
}
