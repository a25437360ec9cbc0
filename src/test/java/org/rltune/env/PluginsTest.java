package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins that only some class loaders find. */
final class PluginsTest {
    private static final AtomicInteger LOADS = new AtomicInteger();

    @TempDir
    Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    /** What the service file in {@link #folder} names. */
    public static final class Walks implements EnvProvider {
        /** For the service loader. */
        public Walks() {}

        @Override
        public List<EnvSpec> environments() {
            LOADS.incrementAndGet();
            return List.of(EnvSpec.of("elsewhere/Walk-v0", config -> new WalkEnv()));
        }
    }

    @BeforeEach
    void countFromZero() {
        LOADS.set(0);
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private URLClassLoader withService(ClassLoader parent) throws Exception {
        Path file = folder.resolve("META-INF/services/" + EnvProvider.class.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, Walks.class.getName() + "\n");
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent);
    }

    private static void askUnder(ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
    }

    @Test
    void findsAPluginOfAClassLoaderThatAsksLater() throws Exception {
        EnvRegistry registry = new EnvRegistry(Plugins.of(EnvProvider.class));
        try (URLClassLoader loader = withService(before);
                URLClassLoader child = new URLClassLoader(new URL[0], loader)) {
            assertThatThrownBy(() -> registry.spec("elsewhere/Walk-v0")).isInstanceOf(UnknownEnvException.class);
            askUnder(loader);
            assertThat(registry.spec("elsewhere/Walk-v0").id()).isEqualTo("elsewhere/Walk-v0");
            askUnder(before);
            assertThat(registry.list()).contains("elsewhere/Walk-v0");
            askUnder(child);
            assertThat(registry.list()).containsOnlyOnce("elsewhere/Walk-v0");
            assertThatThrownBy(() -> registry.spec("elsewhere/Wakl-v0"))
                    .isInstanceOf(UnknownEnvException.class)
                    .hasMessageNotContaining("plug-in");
        }
        assertThat(LOADS).hasValue(1);
    }

    @Test
    void findsThePluginsBesideTheRegistryWhateverThreadAsks() {
        for (ClassLoader loader : new ClassLoader[] {ClassLoader.getPlatformClassLoader(), null}) {
            askUnder(loader);
            assertThat(new WrapperRegistry(Plugins.of(WrapperProvider.class)).list())
                    .contains("HumanRendering");
        }
    }
}
