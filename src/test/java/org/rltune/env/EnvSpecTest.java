package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** Specs, their JSON and what {@code make} does with them. */
final class EnvSpecTest {
    private static final String ID = "test/Settings-v2";
    private static final String BARE = "test/Bare-v0";

    /** Observes its three settings. */
    private static final class Settings extends SeededEnv<float[], Integer> {
        private final float[] settings;

        Settings(EnvContext context) {
            super(Box.of(-1000, 1000, 3), Discrete.of(2));
            settings = new float[] {(float) context.number("g"), context.integer("size"), context.flag("wind") ? 1 : 0};
        }

        @Override
        protected float[] start(Map<String, Object> options) {
            return settings.clone();
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            return new StepResult<>(settings.clone(), 0, false, false);
        }
    }

    /** Adds a number to every reward. */
    private static final class Bonus<O, A> extends Wrapper<O, A> {
        private final double bonus;

        Bonus(Env<O, A> inner, double bonus) {
            super(inner);
            this.bonus = bonus;
        }

        @Override
        public StepResult<O> step(A action) {
            StepResult<O> result = super.step(action);
            return new StepResult<>(
                    result.observation(),
                    10 * result.reward() + bonus,
                    result.terminated(),
                    result.truncated(),
                    result.info());
        }
    }

    @BeforeAll
    static void wrapper() {
        if (!Envs.wrappers().contains("test.Bonus")) {
            Envs.registerWrapper(new WrapperType(
                    "test.Bonus",
                    EnvConfigSchema.builder()
                            .number("bonus", 1, "added to every reward", 0, 9)
                            .build(),
                    (env, context) -> bonus(env, context.number("bonus"))));
        }
    }

    private static <O, A> Env<O, A> bonus(Env<O, A> env, double bonus) {
        return new Bonus<>(env, bonus);
    }

    @BeforeEach
    void register() {
        Envs.register(EnvSpec.of(ID, Settings::new)
                .withMaxEpisodeSteps(5)
                .withRewardThreshold(475)
                .withConfig(EnvConfigSchema.builder()
                        .number("g", 10, "gravity", 0, 100)
                        .integer("size", 4, "rows")
                        .flag("wind", false, "whether the wind blows")
                        .build())
                .withDefaultConfig(Map.of("size", 8)));
        Envs.register(BARE, context -> new WalkEnv());
    }

    @AfterEach
    void unregister() {
        Envs.unregister(ID);
        Envs.unregister(BARE);
    }

    @SuppressWarnings("unchecked")
    private static Env<float[], Integer> made(Env<?, ?> env) {
        return (Env<float[], Integer>) env;
    }

    private static float[] settings(Env<?, ?> env) {
        return made(env).reset(1).observation();
    }

    private static List<String> stack(Env<?, ?> env) {
        java.util.ArrayList<String> names = new java.util.ArrayList<>();
        Env<?, ?> at = env;
        while (at instanceof Wrapper<?, ?> wrapper) {
            names.add(at.getClass().getSimpleName());
            at = wrapper.inner();
        }
        return names;
    }

    @Test
    void putsTheCallersConfigAboveThatOfTheSpecAboveTheDefaults() {
        assertThat(settings(Envs.make(ID))).containsExactly(10, 8, 0);
        assertThat(settings(Envs.make(ID, Map.of("g", 3, "wind", true)))).containsExactly(3, 8, 1);
        assertThat(settings(Envs.make(ID, Map.of("size", 2)))).containsExactly(10, 2, 0);
        Map<String, Object> back = new java.util.HashMap<>();
        back.put("size", null);
        assertThat(settings(Envs.make(ID, back))).containsExactly(10, 4, 0);
        assertThatThrownBy(() -> Envs.make(ID, Map.of("gg", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(ID + " refuses its config: Unknown env config 'gg'. Known: g, size, wind.");
        assertThatThrownBy(() -> Envs.make(ID, Map.of("g", 1000)))
                .hasMessageContaining(ID + " refuses its config: Env config 'g' is 1000");
        assertThatThrownBy(() -> Envs.spec(ID).withDefaultConfig(Map.of("g", -1)))
                .hasMessageContaining("'g' is -1");
        assertThat(Envs.spec(ID).configSchema().orElseThrow().help()).contains("wind (true or false; default false)");
    }

    @Test
    void tellsFromWhatAnEnvironmentWasMade() {
        Env<?, ?> env = Envs.make(ID, Map.of("g", 3));
        EnvSpec spec = env.spec().orElseThrow();
        assertThat(spec.id()).isEqualTo(ID);
        assertThat(spec.defaultConfig()).isEqualTo(Map.of("g", 3.0, "size", 8L, "wind", false));
        assertThat(settings(Envs.make(spec))).containsExactly(3, 8, 0);
        assertThat(new Bonus<>(env, 1).spec()).hasValue(spec);
        assertThat(new WalkEnv().spec()).isEmpty();
        assertThat(Envs.make(Envs.spec(ID).withOrderEnforce(false))
                        .spec()
                        .orElseThrow()
                        .orderEnforce())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-2, 5", "100, 100", "1, 1", "-1, 0"})
    void limitsStepsAsTheSpecOrTheCallerSays(int asked, int expected) {
        EnvSpec spec = Envs.spec(ID);
        Env<?, ?> env = Envs.make(asked == -2 ? spec : spec.withMaxEpisodeSteps(asked));
        assertThat(stack(env).contains("TimeLimit")).isEqualTo(expected > 0);
        assertThat(env.spec().orElseThrow().maxEpisodeSteps().orElse(0)).isEqualTo(expected);
        assertThat(stack(Envs.make(BARE))).doesNotContain("TimeLimit");
    }

    @Test
    void leavesOutTheStandardWrappersOnRequest() {
        EnvSpec spec = Envs.spec(ID);
        assertThat(stack(Envs.make(spec))).containsExactly("OrderEnforcing", "TimeLimit", "PassiveEnvChecker");
        assertThat(stack(Envs.make(spec.withDisableEnvChecker(true)))).containsExactly("OrderEnforcing", "TimeLimit");
        assertThat(stack(Envs.makeUnchecked(ID, EnvContext.of(Map.of())))).doesNotContain("PassiveEnvChecker");
        assertThat(stack(Envs.make(spec.withDisableEnvChecker(true).withDisableEnvChecker(false))))
                .contains("PassiveEnvChecker");
        Env<float[], Integer> unordered = made(Envs.make(spec.withOrderEnforce(false)));
        assertThat(stack(unordered)).doesNotContain("OrderEnforcing");
        assertThat(unordered.step(0).reward()).isZero();
    }

    @Test
    void addsNamedWrappersFromTheInsideOut() {
        EnvSpec spec = Envs.spec(ID).withWrapper("test.Bonus", Map.of()).withWrapper("test.Bonus", Map.of("bonus", 2));
        Env<float[], Integer> env = made(Envs.make(spec));
        assertThat(stack(env)).startsWith("Bonus", "Bonus", "OrderEnforcing");
        env.reset(1);
        assertThat(env.step(0).reward()).isEqualTo(10 * (10 * 0 + 1) + 2);
        assertThat(env.spec().orElseThrow().additionalWrappers())
                .containsExactly(WrapperSpec.of("test.Bonus"), new WrapperSpec("test.Bonus", Map.of("bonus", 2L)));
        assertThat(spec.withAdditionalWrappers(List.of()).additionalWrappers()).isEmpty();
    }

    @Test
    void namesAWrapperThatCannotBeMade() {
        EnvSpec spec = Envs.spec(ID);
        assertThatThrownBy(() -> Envs.make(spec.withWrapper("test.Bonos", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No wrapper is registered as 'test.Bonos'")
                .hasMessageContaining("Maybe 'test.Bonus'?");
        assertThatThrownBy(() -> Envs.make(spec.withWrapper("test.Bonus", Map.of("bonus", 10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The wrapper test.Bonus of " + ID + " refuses its config")
                .hasMessageContaining("from 0.0 to 9.0");
        assertThatThrownBy(() -> Envs.registerWrapper(WrapperType.of("test.Bonus", (env, context) -> env)))
                .hasMessageContaining("'test.Bonus' already");
    }

    @Test
    void reportsAWrapperThatFails() {
        WrapperRegistry wrappers = new WrapperRegistry(Plugins.found(() -> List.<WrapperProvider>of(
                        () -> List.of(WrapperType.of("A", (env, context) -> env)),
                        () -> List.of(WrapperType.of("A", (env, context) -> env)))
                .iterator()));
        assertThat(wrappers.list()).containsExactly("A");
        assertThatThrownBy(() -> wrappers.get("B"))
                .hasMessageContaining("Registered: A.")
                .hasMessageContaining("the wrapper 'A' is registered already");
    }

    @Test
    void comesBackFromJsonEqual() {
        List<EnvSpec> specs = List.of(
                Envs.spec(ID),
                Envs.spec(BARE),
                Envs.make(ID, Map.of("g", 3)).spec().orElseThrow(),
                Envs.spec(ID).withId("Mine").withMaxEpisodeSteps(-1),
                Envs.spec(ID)
                        .withNondeterministic(true)
                        .withOrderEnforce(false)
                        .withDisableEnvChecker(true)
                        .withDeprecated("Use another.")
                        .withDefaultConfig(Map.of("size", (short) 3, "g", 0.1f))
                        .withWrapper("test.Bonus", Map.of("bonus", 2))
                        .withWrapper("other.Any", Map.of("list", Arrays.asList(1, 2.5f, "x"), "array", new int[] {1}))
                        .withoutRewardThreshold());
        for (EnvSpec spec : specs) {
            EnvSpec again = EnvSpec.fromJson(spec.toJson());
            assertThat(again).isEqualTo(spec).hasSameHashCodeAs(spec);
            assertThat(again.toJson()).isEqualTo(spec.toJson());
            assertThat(again.describeAll()).isEqualTo(spec.describeAll());
        }
    }

    @Test
    void rebuildsTheSameEnvironmentFromJson() {
        EnvSpec spec = Envs.spec(BARE).withMaxEpisodeSteps(3).withWrapper("test.Bonus", Map.of("bonus", 2));
        Env<float[], Integer> env = made(Envs.make(spec));
        Env<float[], Integer> again = made(Envs.make(EnvSpec.fromJson(spec.toJson())));
        assertThat(stack(again)).isEqualTo(stack(env));
        assertThat(again.reset(42).observation()).isEqualTo(env.reset(42).observation());
        for (int i = 0; i < 3; i++) {
            StepResult<float[]> first = env.step(6);
            StepResult<float[]> second = again.step(6);
            assertThat(second.observation()).isEqualTo(first.observation());
            assertThat(second.reward()).isEqualTo(first.reward());
            assertThat(second.truncated()).isEqualTo(first.truncated()).isEqualTo(i == 2);
        }
    }

    @Test
    void isWrittenWithGymnasiumsNames() {
        assertThat(Envs.spec(ID).withWrapper("test.Bonus", Map.of()).toJson())
                .isEqualTo("{\"id\":\"test/Settings-v2\",\"entry_point\":\"test/Settings-v2\","
                        + "\"reward_threshold\":475.0,\"nondeterministic\":false,\"max_episode_steps\":5,"
                        + "\"order_enforce\":true,\"disable_env_checker\":false,\"deprecated\":null,"
                        + "\"config\":{\"size\":8},"
                        + "\"additional_wrappers\":[{\"name\":\"test.Bonus\",\"config\":{}}]}");
    }

    @Test
    void takesWhatJsonDoesNotSayFromTheRegisteredSpec() {
        assertThat(EnvSpec.fromJson("{\"id\":\"" + ID + "\"}")).isEqualTo(Envs.spec(ID));
        EnvSpec other =
                EnvSpec.fromJson("{\"id\":\"Mine-v1\",\"entry_point\":\"" + ID + "\",\"max_episode_steps\":null}");
        assertThat(other).isEqualTo(Envs.spec(ID).withId("Mine-v1").withoutMaxEpisodeSteps());
    }

    @Test
    void cannotBeWrittenWithWhatIsNoPlainValueOrRegisteredNowhere() {
        assertThatThrownBy(() ->
                        EnvSpec.of("test/Lambda-v0", context -> new WalkEnv()).toJson())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'test/Lambda-v0' cannot be written as JSON")
                .hasMessageContaining("Envs.register(spec)");
        Runnable code = () -> {};
        assertThatThrownBy(() ->
                        Envs.spec(BARE).withDefaultConfig(Map.of("call", code)).toJson())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(BARE + " cannot be written as JSON")
                .hasMessageContaining("$.config.call");
        assertThatThrownBy(() -> Envs.spec(ID)
                        .withDefaultConfig(Map.of())
                        .withConfig(EnvConfigSchema.empty())
                        .toJson())
                .hasMessageContaining("another schema");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | an object",
                "{} | 'id' of the spec is null",
                "{\"id\":5} | 'id' of the spec is 5, but it must be a text",
                "{\"id\":\"test/Settings-v9\"} | has the versions v2",
                "{\"id\":\"Mine-v1\",\"entry_point\":\"test/Sett-v2\"} | registered as 'test/Sett-v2'",
                "{\"id\":\"test/Settings-v2\",\"max_steps\":5} | 'max_steps'. Known: id, entry_point,",
                "{\"id\":\"test/Settings-v2\",\"max_episode_steps\":\"5\"} | max_episode_steps is 5 (String)",
                "{\"id\":\"test/Settings-v2\",\"max_episode_steps\":0} | maxEpisodeSteps is 0",
                "{\"id\":\"test/Settings-v2\",\"order_enforce\":1} | 'order_enforce' of the spec is 1",
                "{\"id\":\"test/Settings-v2\",\"config\":{\"g\":-1}} | 'g' is -1",
                "{\"id\":\"test/Settings-v2\",\"additional_wrappers\":[{\"config\":{}}]} | 'name' of the spec is null",
                "{\"id\":\"test/Settings-v2\",\"additional_wrappers\":[{\"name\":\"A\",\"x\":1}]} | setting 'x'",
                "{\"id\":\"test/Settings-v2\",\"additional_wrappers\":{}} | additional_wrappers is {}",
            })
    void saysWhatIsWrongWithJson(String json, String message) {
        assertThatThrownBy(() -> EnvSpec.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void describesItselfInGymnasiumsLines() {
        EnvSpec spec = Envs.spec(ID).withDefaultConfig(Map.of());
        assertThat(spec.describe()).isEqualTo("id=test/Settings-v2\nreward_threshold=475.0\nmax_episode_steps=5");
        assertThat(spec.withWrapper("test.Bonus", Map.of("bonus", 2)).describe())
                .isEqualTo("""
                    id=test/Settings-v2
                    reward_threshold=475.0
                    max_episode_steps=5
                    additional_wrappers=[
                    \tname=test.Bonus, config={bonus=2}
                    ]\
                    """);
        assertThat(Envs.spec(BARE).describeAll()).isEqualTo("""
            id=test/Bare-v0
            reward_threshold=none
            nondeterministic=false
            max_episode_steps=none
            order_enforce=true
            disable_env_checker=false
            deprecated=no
            config={}
            additional_wrappers=[]\
            """);
    }

    @Test
    void keepsNoReferenceToAConfigThatChangesLater() {
        Map<String, Object> config = new java.util.HashMap<>(Map.of("size", 3));
        EnvSpec spec = Envs.spec(ID).withDefaultConfig(config);
        config.put("size", 50);
        assertThat(settings(Envs.make(spec))).containsExactly(10, 3, 0);
        assertThatThrownBy(() -> spec.defaultConfig().put("g", 1)).isInstanceOf(UnsupportedOperationException.class);
    }
}
