package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvRegistryTest {
    private static EnvSpec walk(String id) {
        return EnvSpec.of(id, context -> new WalkEnv());
    }

    private static EnvRegistry registry(EnvProvider... plugins) {
        return new EnvRegistry(() -> List.of(plugins).iterator());
    }

    @Test
    void keepsWhatIsRegisteredSortedById() {
        EnvRegistry registry = registry();
        EnvSpec spec = registry.register(walk("b/Walk-v0"));
        registry.register(walk("Apple"));
        assertThat(registry.list()).containsExactly("Apple", "b/Walk-v0");
        assertThat(registry.spec("b/Walk-v0")).isSameAs(spec);
    }

    @Test
    void refusesANameTwiceAndSaysWhatToDo() {
        EnvRegistry registry = registry();
        registry.register(walk("Walk-v0"));
        assertThatThrownBy(() -> registry.register(walk("Walk-v0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Walk-v0' already")
                .hasMessageContaining("unregister(\"Walk-v0\")")
                .hasMessageContaining("replace");
        EnvSpec other = walk("Walk-v0");
        assertThat(registry.replace(other)).isSameAs(other);
        assertThat(registry.spec("Walk-v0")).isSameAs(other);
    }

    @Test
    void forgetsWhatIsUnregistered() {
        EnvRegistry registry = registry();
        registry.register(walk("Walk-v0"));
        registry.unregister("Walk-v0");
        assertThat(registry.list()).isEmpty();
        assertThatThrownBy(() -> registry.unregister("Walk-v0")).isInstanceOf(UnknownEnvException.class);
        registry.register(walk("Walk-v0"));
    }

    @Test
    void listsAtMostTenNamesWhereNoneIsNear() {
        assertThatThrownBy(() -> registry().spec("CartPole-v0")).hasMessageContaining("Registered: none");
        EnvRegistry registry = registry();
        IntStream.range(10, 25).forEach(i -> registry.register(walk("E" + i)));
        assertThatThrownBy(() -> registry.spec("Zeppelin-v7"))
                .hasMessageContaining("E19 and 5 more")
                .hasMessageNotContaining("E20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b/c", "Walk v0", "/Walk", "Walk/", "Wälk", "Walk\n"})
    void refusesMalformedIds(String id) {
        assertThatThrownBy(() -> walk(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[namespace/]Name[-vN]");
    }

    @Test
    void takesIdsApart() {
        EnvSpec spec = walk("my-shop/Queue.x-v12").withMaxEpisodeSteps(7).withRewardThreshold(1.5);
        assertThat(spec.namespace()).isEqualTo("my-shop");
        assertThat(spec.name()).isEqualTo("Queue.x");
        assertThat(spec.version()).hasValue(12);
        assertThat(spec.maxEpisodeSteps()).hasValue(7);
        assertThat(spec.rewardThreshold()).hasValue(1.5);
        assertThat(spec.nondeterministic()).isFalse();
        assertThat(spec.withNondeterministic(true).nondeterministic()).isTrue();
        assertThat(spec.withoutMaxEpisodeSteps().maxEpisodeSteps()).isEmpty();
        EnvSpec bare = spec.withId("Walk");
        assertThat(bare.namespace()).isEmpty();
        assertThat(bare.version()).isEmpty();
        assertThat(bare.maxEpisodeSteps()).hasValue(7);
        assertThatThrownBy(() -> spec.withMaxEpisodeSteps(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void loadsPluginsOnceBeforeTheFirstAnswer() {
        AtomicInteger loads = new AtomicInteger();
        EnvRegistry registry = new EnvRegistry(() -> {
            loads.incrementAndGet();
            return List.<EnvProvider>of(() -> List.of(walk("Plugin-v0"))).iterator();
        });
        assertThat(loads).hasValue(0);
        assertThatThrownBy(() -> registry.register(walk("Plugin-v0"))).hasMessageContaining("already");
        registry.unregister("Plugin-v0");
        assertThat(registry.list()).isEmpty();
        assertThat(loads).hasValue(1);
    }

    @Test
    void hidesNoPluginBehindABrokenOne() {
        EnvRegistry registry = registry(
                () -> List.of(walk("First-v0")),
                () -> {
                    throw new IllegalStateException("no licence");
                },
                () -> List.of(walk("First-v0"), walk("Last-v0")));
        assertThat(registry.list()).containsExactly("First-v0", "Last-v0");
        assertThatThrownBy(() -> registry.spec("Other-v0"))
                .hasMessageContaining("A plug-in failed to load")
                .hasMessageContaining("no licence")
                .hasMessageContaining("'First-v0' is registered already");
    }

    @Test
    void goesOnAfterAProviderThatCannotBeMade() {
        EnvRegistry registry = new EnvRegistry(() -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < 2;
            }

            @Override
            public EnvProvider next() {
                if (next++ == 0) {
                    throw new ServiceConfigurationError("class not found");
                }
                return () -> List.of(walk("Good-v0"));
            }
        });
        assertThat(registry.list()).containsExactly("Good-v0");
    }

    @Test
    void endsEvenIfTheSearchForPluginsFailsForEver() {
        EnvRegistry registry = new EnvRegistry(() -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new ServiceConfigurationError("unreadable");
            }

            @Override
            public EnvProvider next() {
                throw new AssertionError();
            }
        });
        assertThat(registry.list()).isEmpty();
    }

    @Test
    void keepsEveryRegistrationOfManyThreads() throws Exception {
        EnvRegistry registry = registry();
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> tasks = IntStream.range(0, threads)
                .<Future<?>>mapToObj(t -> pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 200; i++) {
                        registry.register(walk("T" + t + "-v" + i));
                        registry.list();
                    }
                    return null;
                }))
                .toList();
        start.countDown();
        for (Future<?> task : tasks) {
            task.get();
        }
        pool.shutdown();
        assertThat(registry.list()).hasSize(threads * 200);
    }
}
