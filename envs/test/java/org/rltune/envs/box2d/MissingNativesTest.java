package org.rltune.envs.box2d;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Box2D on a class path without one of the jars that hold its native code. */
final class MissingNativesTest {
    @ParameterizedTest
    @ValueSource(strings = {"gdx-platform-", "gdx-box2d-platform-"})
    void namesWhatToPutOnTheClassPathEveryTime(String jar) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = classPathWithout(jar)) {
            Thread.currentThread().setContextClassLoader(loader); // its registry shall not see the plug-ins of ours
            Class<?> envs = loader.loadClass("org.rltune.env.Envs");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(failure(envs))
                        .as("attempt %s", attempt)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Box2D cannot be loaded for " + System.getProperty("os.name") + " on "
                                + System.getProperty("os.arch"))
                        .hasMessageContaining("gdx-platform:1.14.2:natives-desktop")
                        .hasMessageContaining("gdx-box2d-platform:1.14.2:natives-desktop")
                        .hasMessageContaining("Cause: com.badlogic.gdx.utils.SharedLibraryLoadRuntimeException");
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Throwable failure(Class<?> envs) throws ReflectiveOperationException {
        try {
            Object env = envs.getMethod("make", String.class).invoke(null, "LunarLander-v3");
            env.getClass().getMethod("reset", long.class).invoke(env, 0L);
            throw new AssertionError("LunarLander runs without its native code");
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    /** A loader with classes of its own, so that it loads native code of its own. */
    private static URLClassLoader classPathWithout(String jar) throws IOException {
        List<URL> kept = new ArrayList<>();
        int left = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().startsWith(jar)) {
                left++;
            } else {
                kept.add(path.toUri().toURL());
            }
        }
        assertThat(left).as("jars named %s", jar).isEqualTo(1);
        return new URLClassLoader(kept.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
