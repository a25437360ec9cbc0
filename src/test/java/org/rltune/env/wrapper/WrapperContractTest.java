package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rltune.env.Env;
import org.rltune.env.StepResult;
import org.rltune.env.TimeLimit;
import org.rltune.env.TransformingWrapper;
import org.rltune.env.render.PacedScreen;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Discrete;
import org.rltune.space.Text;

/** What holds for every wrapper, around every kind of environment that it takes. */
final class WrapperContractTest {
    /** A wrapper around a probe, both at hand. */
    private record Wrapped(ProbeEnv<?, ?> probe, TransformingWrapper<?, ?, ?, ?> env) {}

    private static <O, A> Supplier<Wrapped> around(
            Supplier<ProbeEnv<O, A>> probe, Function<ProbeEnv<O, A>, Env<?, ?>> wrapper) {
        return () -> {
            ProbeEnv<O, A> inside = probe.get();
            return new Wrapped(inside, (TransformingWrapper<?, ?, ?, ?>) wrapper.apply(inside));
        };
    }

    private static ProbeEnv<Integer, Integer> numbers() {
        return new ProbeEnv<>(Discrete.of(5, 2), Discrete.of(4, 1), (e, t) -> 2 + (3 * e + t) % 5, 7);
    }

    private static ProbeEnv<String, Integer> texts() {
        return new ProbeEnv<>(Text.of(1, 3), Discrete.of(2), (e, t) -> "a" + t % 10, 7);
    }

    private static Map<String, Supplier<Wrapped>> all() {
        Map<String, Supplier<Wrapped>> all = new LinkedHashMap<>();
        Supplier<ProbeEnv<float[], float[]>> vectors = ProbeEnv::vectors;
        Supplier<ProbeEnv<byte[], float[]>> images = ProbeEnv::images;
        all.put("Autoreset", around(vectors, Autoreset::new));
        all.put("RecordEpisodeStatistics", around(vectors, RecordEpisodeStatistics::new));
        all.put("ClipAction", around(vectors, ClipAction::new));
        all.put("RescaleAction", around(vectors, env -> new RescaleAction<>(env, -1, 1)));
        all.put("DiscretizeAction", around(vectors, env -> DiscretizeAction.discrete(env, 3, 4)));
        all.put("DiscretizeAction multi", around(vectors, env -> DiscretizeAction.multiDiscrete(env, 3)));
        all.put("StickyAction", around(vectors, env -> new StickyAction<>(env, 0.4, 1, 3)));
        all.put("StickyAction of numbers", around(WrapperContractTest::numbers, env -> new StickyAction<>(env, 0.4)));
        all.put("RepeatAction", around(vectors, env -> new RepeatAction<>(env, 2)));
        all.put("TransformAction", around(vectors, env -> new TransformAction<>(env, a -> a, env.actionSpace())));
        all.put(
                "TransformObservation",
                around(vectors, env -> new TransformObservation<>(env, o -> new float[] {o[0]}, Box.of(-1, 2, 1))));
        all.put("TransformReward", around(vectors, env -> new TransformReward<>(env, r -> 2 * r)));
        all.put("ClipReward", around(vectors, env -> new ClipReward<>(env, -1, 0)));
        all.put("NormalizeObservation", around(vectors, NormalizeObservation::new));
        all.put("NormalizeObservation of images", around(images, NormalizeObservation::new));
        all.put("NormalizeReward", around(vectors, NormalizeReward::new));
        all.put("FlattenObservation", around(ProbeEnv::maps, FlattenObservation::new));
        all.put("FilterObservation", around(ProbeEnv::maps, env -> FilterObservation.keys(env, "alpha")));
        all.put("FilterObservation of lists", around(ProbeEnv::lists, env -> FilterObservation.parts(env, 1, 0)));
        all.put("FrameStackObservation", around(vectors, env -> FrameStackObservation.paddedByReset(env, 3)));
        all.put("FrameStackObservation of images", around(images, env -> FrameStackObservation.ofArrays(env, 2)));
        all.put(
                "FrameStackObservation of numbers",
                around(WrapperContractTest::numbers, env -> FrameStackObservation.paddedByZeros(env, 3)));
        all.put(
                "FrameStackObservation of maps",
                around(ProbeEnv::maps, env -> FrameStackObservation.paddedByReset(env, 2)));
        all.put(
                "FrameStackObservation of lists",
                around(ProbeEnv::lists, env -> FrameStackObservation.paddedByZeros(env, 2)));
        all.put(
                "FrameStackObservation of texts",
                around(WrapperContractTest::texts, env -> FrameStackObservation.paddedByReset(env, 2)));
        all.put("MaxAndSkipObservation", around(images, MaxAndSkipObservation::new));
        all.put("GrayscaleObservation", around(images, env -> new GrayscaleObservation<>(env, true)));
        all.put("ResizeObservation", around(images, env -> new ResizeObservation<>(env, 4, 4)));
        all.put("ReshapeObservation", around(vectors, env -> new ReshapeObservation<>(env, 3, 1)));
        all.put("RescaleObservation", around(vectors, env -> new RescaleObservation<>(env, 0, 1)));
        all.put(
                "TimeAwareObservation",
                around(ProbeEnv::maps, env -> TimeAwareObservation.flat(new TimeLimit<>(env, 9))));
        all.put(
                "TimeAwareObservation nested",
                around(ProbeEnv::lists, env -> TimeAwareObservation.nested(new TimeLimit<>(env, 9), true, "time")));
        all.put("DelayObservation", around(ProbeEnv::lists, env -> new DelayObservation<>(env, 2)));
        all.put("DelayObservation of doubles", around(ProbeEnv::doubles, env -> new DelayObservation<>(env, 1)));
        all.put("DiscretizeObservation", around(vectors, env -> DiscretizeObservation.discrete(env, 4, 5, 6)));
        all.put("DtypeObservation", around(vectors, env -> DtypeObservation.to(env, DType.INT16)));
        all.put("DtypeObservation to floats", around(images, DtypeObservation::toFloats));
        all.put("AddRenderObservation", around(vectors, AddRenderObservation::renderOnly));
        all.put("AddRenderObservation beside", around(vectors, env -> AddRenderObservation.beside(env, "p", "s")));
        all.put("AddWhiteNoise", around(vectors, env -> new AddWhiteNoise<>(env, 0.5, false)));
        all.put("ObstructView", around(vectors, env -> new ObstructView<>(env, 0.5, 2, true)));
        all.put("RenderCollection", around(vectors, RenderCollection::new));
        all.put("HumanRendering", around(vectors, env -> {
            AtomicLong clock = new AtomicLong();
            return new HumanRendering<>(
                    env, new PacedScreen(new FakeScreen(), () -> clock.addAndGet(50_000_000), nanos -> {}));
        }));
        return all;
    }

    private static Stream<DynamicTest> each(Consumer<Supplier<Wrapped>> law) {
        return all().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> law.accept(entry.getValue())));
    }

    /** Plays with random actions; every observation must lie in its space. */
    private static <O, A> List<Object> play(Env<O, A> env, Pcg64 random, int steps) {
        List<Object> seen = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            StepResult<O> result = env.step(env.actionSpace().sample(random));
            assertThat(env.observationSpace().violation(result.observation())).isNull();
            seen.add(Recorded.line(result));
            if (result.ended()) {
                O next = env.reset().observation();
                assertThat(env.observationSpace().violation(next)).isNull();
                seen.add(Recorded.plain(next));
            }
        }
        return seen;
    }

    private static <O> void begin(Env<O, ?> env, long seed) {
        O first = env.reset(seed).observation();
        assertThat(env.observationSpace().violation(first)).isNull();
    }

    @TestFactory
    Stream<DynamicTest> observationsLieInTheirSpace() {
        return each(made -> {
            Env<?, ?> env = made.get().env();
            begin(env, 5);
            play(env, new Pcg64(5), 40);
        });
    }

    @TestFactory
    Stream<DynamicTest> twoAlikeDoTheSame() {
        return each(made -> {
            Env<?, ?> one = made.get().env();
            Env<?, ?> two = made.get().env();
            begin(one, 8);
            begin(two, 8);
            assertThat(play(one, new Pcg64(2), 30)).isEqualTo(play(two, new Pcg64(2), 30));
        });
    }

    @TestFactory
    Stream<DynamicTest> aSnapshotGoesOnWithTheSameBits() {
        return each(made -> {
            Env<?, ?> one = made.get().env();
            begin(one, 13);
            play(one, new Pcg64(1), 11);
            byte[] snapshot = one.snapshot().orElseThrow();
            List<Object> expected = play(one, new Pcg64(3), 25);
            Env<?, ?> other = made.get().env();
            begin(other, 99);
            play(other, new Pcg64(4), 5);
            other.restore(snapshot);
            assertThat(other.snapshot()).contains(snapshot);
            assertThat(play(other, new Pcg64(3), 25)).isEqualTo(expected);
            one.restore(snapshot);
            assertThat(play(one, new Pcg64(3), 25)).isEqualTo(expected);
        });
    }

    @TestFactory
    Stream<DynamicTest> showsAndClosesTheEnvironmentInside() {
        return each(made -> {
            Wrapped wrapped = made.get();
            Env<?, ?> env = wrapped.env();
            begin(env, 1);
            assertThat(wrapped.env().unwrapped()).isSameAs(wrapped.probe());
            assertThat(env.renderModes()).isEqualTo(wrapped.probe().renderModes());
            assertThat(env.renderFps()).isEqualTo(wrapped.probe().renderFps());
            assertThat(env.renderText()).isEqualTo(wrapped.probe().renderText());
            assertThat(env.renderFrame().getWidth()).isEqualTo(5);
            env.close();
            env.close();
            assertThat(wrapped.probe().isClosed()).isTrue();
        });
    }
}
