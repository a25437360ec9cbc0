package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.env.UnknownEnvException.Reason;

/** Namespaces, names and versions; the cases are those of Gymnasium's tests of its registry, and the kinds of error those of Gymnasium 1.3.0. */
final class EnvVersionsTest {
    private static EnvSpec walk(String id) {
        return EnvSpec.of(id, context -> new WalkEnv());
    }

    private static EnvRegistry registry(String... ids) {
        EnvRegistry registry = new EnvRegistry(() -> List.<EnvProvider>of().iterator());
        List.of(ids).forEach(id -> registry.register(walk(id)));
        return registry;
    }

    /** Gymnasium's names, and those that its tests add. */
    private static EnvRegistry gymnasium() {
        return registry(
                "CartPole-v0",
                "CartPole-v1",
                "MountainCar-v0",
                "MountainCarContinuous-v0",
                "Blackjack-v1",
                "Taxi-v4",
                "MyAwesomeNamespace/MyAwesomeVersionedEnv-v1",
                "MyAwesomeNamespace/MyAwesomeVersionedEnv-v3",
                "MyAwesomeNamespace/MyAwesomeVersionedEnv-v5",
                "MyAwesomeNamespace/MyAwesomeUnversionedEnv");
    }

    @ParameterizedTest
    @CsvSource({
        "cartpole-v1, NAME, CartPole-v1",
        "blackjack-v1, NAME, Blackjack-v1",
        "Blackjock-v1, NAME, Blackjack-v1",
        "mountaincarcontinuous-v0, NAME, MountainCarContinuous-v0",
        "taxi-v4, NAME, Taxi-v4",
        "taxi-v30, NAME, Taxi-v4",
        "cartpole-v0, NAME, CartPole-v0",
        "cartpole, NAME, CartPole-v1",
        "MyAwesomeNamspce/MyAwesomeVersionedEnv-v1, NAMESPACE, MyAwesomeNamespace/MyAwesomeVersionedEnv-v1",
        "MyAwesomeNamspce/MyAwesomeUnversionedEnv, NAMESPACE, MyAwesomeNamespace/MyAwesomeUnversionedEnv",
        "MyAwesomeNamspce/Zeppelin, NAMESPACE, MyAwesomeNamespace",
        "MyAwesomeNamespace/MyAwesomeUnversioneEnv, NAME, MyAwesomeNamespace/MyAwesomeUnversionedEnv",
        "MyAwesomeNamespace/MyAwesomeVersioneEnv, NAME, MyAwesomeNamespace/MyAwesomeVersionedEnv-v5",
        "gym/CartPole-v1, NAMESPACE, CartPole-v1",
        "MyAwesomeVersionedEnv-v3, NAME, MyAwesomeNamespace/MyAwesomeVersionedEnv-v3",
        "MyAwesomeNamespace/CartPole-v1, NAME, CartPole-v1",
    })
    void saysWhichPartIsWrongAndWhatWasMeant(String id, Reason reason, String meant) {
        assertThatThrownBy(() -> gymnasium().spec(id))
                .isInstanceOfSatisfying(
                        UnknownEnvException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageStartingWith("No environment is registered as '" + id + "': ")
                .hasMessageEndingWith(" Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CartPole-v12 | v0, v1 | CartPole-v1",
                "Blackjack-v10 | v1 | Blackjack-v1",
                "MountainCarContinuous-v100 | v0 | MountainCarContinuous-v0",
                "Taxi-v30 | v4 | Taxi-v4",
                "MyAwesomeNamespace/MyAwesomeVersionedEnv-v6 | v1, v3, v5 |"
                        + " MyAwesomeNamespace/MyAwesomeVersionedEnv-v5",
            })
    void listsTheVersionsThatThereAre(String id, String versions, String newest) {
        assertThatThrownBy(() -> gymnasium().spec(id))
                .isInstanceOfSatisfying(
                        UnknownEnvException.class, e -> assertThat(e.reason()).isEqualTo(Reason.VERSION))
                .hasMessageEndingWith(" has the versions " + versions + ". Did you mean '" + newest + "'?");
    }

    @Test
    void sortsVersionsAsNumbers() {
        EnvRegistry registry = registry("Test1-v0", "Test1-v15", "Test1-v9", "Other1-v100");
        assertThatThrownBy(() -> registry.spec("Test1-v1000")).hasMessageContaining("v0, v9, v15.");
        assertThatThrownBy(() -> registry.spec("Test1-v1"))
                .isInstanceOfSatisfying(
                        UnknownEnvException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OLD_VERSION))
                .hasMessageEndingWith("version 1 of 'Test1' is no longer there. Use 'Test1-v15' instead.");
        assertThatThrownBy(() -> registry.spec("Unknown1-v1"))
                .isInstanceOfSatisfying(
                        UnknownEnvException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NAME))
                .hasMessageContaining("there is no 'Unknown1'.");
    }

    @Test
    void pointsAnOldVersionAtTheNewestAndAnyVersionAtNone() {
        EnvRegistry registry = registry("test/Test2-v5", "test/Test3");
        assertThatThrownBy(() -> registry.spec("test/Test2-v9")).hasMessageContaining("has the versions v5.");
        assertThatThrownBy(() -> registry.spec("test/Test2-v4")).hasMessageEndingWith("Use 'test/Test2-v5' instead.");
        assertThat(registry.spec("test/Test2-v5").version()).hasValue(5);
        assertThatThrownBy(() -> registry.spec("test/Test3-v0"))
                .isInstanceOfSatisfying(
                        UnknownEnvException.class, e -> assertThat(e.reason()).isEqualTo(Reason.VERSION))
                .hasMessageEndingWith("'test/Test3' has no versions. Did you mean 'test/Test3'?");
        assertThat(registry.spec("test/Test3").version()).isEmpty();
    }

    @Test
    void refusesToMixIdsWithAndWithoutVersion() {
        EnvRegistry registry = registry("Test/MyEnv-v0", "MyEnv", "Test/MyEnvs");
        assertThatThrownBy(() -> registry.register(walk("Test/MyEnv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'Test/MyEnv' cannot be registered beside 'Test/MyEnv-v0'")
                .hasMessageEndingWith("an id with -vN");
        assertThatThrownBy(() -> registry.replace(walk("MyEnv-v0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'MyEnv-v0' cannot be registered beside 'MyEnv'")
                .hasMessageEndingWith("another name");
        registry.register(walk("Test/MyEnv-v1"));
        registry.unregister("MyEnv");
        registry.register(walk("MyEnv-v0"));
    }

    @ParameterizedTest
    @CsvSource({
        "MyAwesomeNamespace/MyAwesomeEnv-v0, MyAwesomeNamespace, MyAwesomeEnv, 0",
        "MyAwesomeEnv-v0, '', MyAwesomeEnv, 0",
        "MyAwesomeEnv, '', MyAwesomeEnv, -1",
        "MyAwesomeEnv-vfinal-v0, '', MyAwesomeEnv-vfinal, 0",
        "MyAwesomeEnv-vfinal, '', MyAwesomeEnv-vfinal, -1",
        "MyAwesomeEnv--, '', MyAwesomeEnv--, -1",
        "MyAwesomeEnv-v, '', MyAwesomeEnv-v, -1",
    })
    void takesIdsApartAsGymnasiumDoes(String id, String namespace, String name, int version) {
        EnvSpec spec = registry(id).spec(id);
        assertThat(spec.id()).isEqualTo(id);
        assertThat(spec.namespace()).isEqualTo(namespace);
        assertThat(spec.name()).isEqualTo(name);
        assertThat(spec.version().orElse(-1)).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"“Breakout-v0”", "MyNotSoAwesomeEnv-vNone\n", "MyNamespace///MyNotSoAwesomeEnv-vNone"})
    void refusesMalformedIdsEverywhere(String id) {
        assertThatThrownBy(() -> walk(id)).hasMessageStartingWith("'" + id + "' is no environment id");
        assertThatThrownBy(() -> gymnasium().spec(id)).hasMessageStartingWith("'" + id + "' is no environment id");
        assertThatThrownBy(() -> gymnasium().unregister(id)).isInstanceOf(IllegalArgumentException.class);
    }

    /** What the registry logs while this runs. */
    private static List<String> logged(Runnable work) {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getLevel() + ": " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(EnvRegistry.class.getName());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            work.run();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        return lines;
    }

    @Test
    void takesTheLatestVersionForAnIdWithoutOneAndLogsItOnce() {
        EnvRegistry registry = registry("a/Walk-v1", "a/Walk-v10", "a/Walk-v9", "Walk-v99");
        assertThat(logged(() -> {
                    assertThat(registry.spec("a/Walk").id()).isEqualTo("a/Walk-v10");
                    assertThat(registry.spec("a/Walk").id()).isEqualTo("a/Walk-v10");
                }))
                .containsExactly("WARNING: 'a/Walk' stands for its latest version, 'a/Walk-v10'. Name the version, so"
                        + " that a newer one changes no results");
    }

    @Test
    void logsOnceThatAVersionIsOutOfDateOrDeprecated() {
        EnvRegistry registry = registry("Walk-v1", "Walk-v2");
        registry.register(walk("Run-v0").withDeprecated("Use Walk-v2: it is the same."));
        assertThat(logged(() -> {
                    for (int i = 0; i < 2; i++) {
                        registry.spec("Walk-v1");
                        registry.spec("Walk-v2");
                        registry.spec("Run-v0");
                    }
                }))
                .containsExactly(
                        "WARNING: 'Walk-v1' is out of date. Consider 'Walk-v2'",
                        "WARNING: 'Run-v0' is deprecated. Use Walk-v2: it is the same.");
    }

    @Test
    void showsAllIdsByNamespace() {
        assertThat(EnvOverview.of(
                        registry("B-v0", "B-v1", "Aaaa-v0", "C", "x/Y-v0").all()))
                .isEqualTo("""
                    ===== no namespace =====
                    Aaaa-v0 B-v0    B-v1
                    C
                    ===== x =====
                    x/Y-v0
                    """);
        assertThat(Envs.overview()).isNotNull();
    }
}
