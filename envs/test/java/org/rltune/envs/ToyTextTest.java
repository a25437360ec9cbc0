package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.TransformingWrapper;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.space.Discrete;
import org.rltune.space.Mask;
import org.rltune.space.Streams;
import org.rltune.space.Tuple;

/** What the recorded traces do not show; those are replayed by the experiments' tests. */
final class ToyTextTest {
    @ParameterizedTest
    @CsvSource({
        "Blackjack-v1, 0, 0",
        "FrozenLake-v1, 100, 0.7",
        "FrozenLake8x8-v1, 200, 0.85",
        "CliffWalking-v1, 0, 0",
        "CliffWalkingSlippery-v1, 0, 0",
        "Taxi-v4, 200, 8"
    })
    void hasGymnasiumsLimitsAndThresholds(String id, int steps, double threshold) {
        EnvSpec spec = Envs.spec(id);
        assertThat(spec.maxEpisodeSteps().orElse(0)).isEqualTo(steps);
        assertThat(spec.rewardThreshold().orElse(0)).isEqualTo(threshold);
    }

    @Test
    void hasGymnasiumsSpaces() {
        assertThat(new FrozenLake().observationSpace()).isEqualTo(Discrete.of(16));
        assertThat(new FrozenLake().actionSpace()).isEqualTo(Discrete.of(4));
        assertThat(new CliffWalking().observationSpace()).isEqualTo(Discrete.of(48));
        assertThat(new CliffWalking().actionSpace()).isEqualTo(Discrete.of(4));
        assertThat(new Taxi().observationSpace()).isEqualTo(Discrete.of(500));
        assertThat(new Taxi().actionSpace()).isEqualTo(Discrete.of(6));
        assertThat(new Blackjack().observationSpace())
                .isEqualTo(Tuple.of(Discrete.of(32), Discrete.of(11), Discrete.of(2)));
        assertThat(new Blackjack().actionSpace()).isEqualTo(Discrete.of(2));
    }

    /** Maps, infos and texts that Gymnasium gave; the file says which version. */
    @Test
    void answersAsGymnasiumDoes() throws IOException {
        Env<Object, Object> env = null;
        long seed = 0;
        int shown = 0;
        for (String line : lines()) {
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case "map" -> {
                    String[] rest = words[3].split(" ", 2);
                    FrozenLakeMap map = FrozenLakeMap.random(
                            Integer.parseInt(words[1]), Double.parseDouble(words[2]), Long.parseLong(rest[0]));
                    assertThat(String.join(" ", map.rows())).isEqualTo(rest[1]);
                }
                case "play" -> {
                    env = make(words[1], Json.asObject(Json.parse(words[2], "the file"), "config"));
                    seed = Long.parseLong(words[3]);
                }
                case "show" -> {
                    assertThat(env).isNotNull();
                    ResetResult<Object> result = env.reset(seed);
                    assertSame(words[1], line.split(" ", 3)[2], result.info(), env);
                }
                default -> {
                    assertThat(env).isNotNull();
                    StepResult<Object> result = env.step(Integer.valueOf(words[1]));
                    assertSame(words[2], words[3], result.info(), env);
                    shown++;
                }
            }
        }
        assertThat(shown).isGreaterThan(40);
    }

    private static void assertSame(String info, String text, Map<String, Object> actualInfo, Env<?, ?> env) {
        Map<String, @Nullable Object> expected = Json.asObject(Json.parse(info, "the file"), "info");
        assertThat(actualInfo.keySet()).isEqualTo(expected.keySet());
        assertThat(actualInfo.get("prob")).isEqualTo(expected.get("prob"));
        if (actualInfo.get("action_mask") instanceof int[] mask) {
            List<@Nullable Object> flags = Json.asList(expected.get("action_mask"), "action_mask");
            assertThat(Arrays.stream(mask).mapToObj(flag -> (long) flag).toList())
                    .isEqualTo(flags);
            assertThat(((Discrete) env.actionSpace()).sample(Streams.shared(new Pcg64(1)), Mask.of(mask)))
                    .isBetween(0, 5);
        }
        assertThat(env.renderText()).isEqualTo(Json.parse(text, "the file"));
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = ToyTextTest.class.getResourceAsStream("gymnasium-toy-text.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @SuppressWarnings("unchecked") // both are integers
    private static Env<Object, Object> make(String id, Map<String, @Nullable Object> config) {
        Map<String, Object> settings = config.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Objects.requireNonNull(entry.getValue())));
        return (Env<Object, Object>) Envs.make(id, settings);
    }

    private static TabularEnv tabular(String id, EnvContext context) {
        Env<?, ?> env = Envs.makeUnchecked(id, context);
        return (TabularEnv) (env instanceof TransformingWrapper<?, ?, ?, ?> wrapper ? wrapper.unwrapped() : env);
    }

    /** Best mean returns within so many steps, computed from the tables of Gymnasium 1.3.0. */
    @ParameterizedTest
    @CsvSource({
        "FrozenLake-v1, false, 100, 0.7441902878292689",
        "FrozenLake8x8-v1, false, 200, 0.9132201502016288",
        "CliffWalking-v1, false, 200, -13",
        "CliffWalkingSlippery-v1, false, 300, -64.7091547860813",
        "Taxi-v4, false, 200, 7.930000000000001",
        "Taxi-v4, true, 200, 3.954574516550827"
    })
    void theTableHasTheBestReturnOfGymnasiums(String id, boolean rainy, int steps, double best) {
        EnvContext context = EnvContext.of(rainy ? Map.of("is_rainy", true) : Map.of());
        TabularEnv env = tabular(id, context);
        int states = ((Discrete) env.observationSpace()).n();
        int actions = ((Discrete) env.actionSpace()).n();
        double[] value = new double[states];
        for (int step = 0; step < steps; step++) {
            double[] next = new double[states];
            for (int s = 0; s < states; s++) {
                next[s] = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < actions; a++) {
                    double worth = 0;
                    for (Outcome outcome : env.outcomes(s, a)) {
                        double rest = outcome.terminated() ? 0 : value[outcome.state()];
                        worth += outcome.probability() * (outcome.reward() + rest);
                    }
                    next[s] = Math.max(next[s], worth);
                }
            }
            value = next;
        }
        double[] starts = new double[states];
        for (int seed = 0; seed < 3000; seed++) {
            starts[env.reset(seed).observation()] = 1;
        }
        double[] last = value;
        double mean = IntStream.range(0, states)
                .filter(s -> starts[s] > 0)
                .mapToDouble(s -> last[s])
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(best, within(1e-9));
    }

    @Test
    void theProbabilitiesOfEveryActionSumToOne() {
        for (TabularEnv env :
                List.of(new FrozenLake(), new CliffWalking(true), new Taxi(new TaxiRules(true, true, 0.55, 0.3)))) {
            int actions = ((Discrete) env.actionSpace()).n();
            for (int s = 0; s < ((Discrete) env.observationSpace()).n(); s++) {
                for (int a = 0; a < actions; a++) {
                    double sum = env.outcomes(s, a).stream()
                            .mapToDouble(Outcome::probability)
                            .sum();
                    assertThat(sum).isCloseTo(1, within(1e-12));
                }
            }
            assertThatThrownBy(() -> env.outcomes(500, 0)).hasMessageContaining("500");
            assertThatThrownBy(() -> env.outcomes(0, actions)).hasMessageContaining("action " + actions);
        }
    }

    @Test
    void takesAMapAsAListOfRowsBeforeItsName() {
        Map<String, Object> config = new LinkedHashMap<>(Map.of("desc", List.of("SF", "HG"), "map_name", "8x8"));
        assertThat(Envs.make("FrozenLake-v1", config).observationSpace()).isEqualTo(Discrete.of(4));
        config.put("desc", new String[] {"SFF", "HFG"});
        assertThat(Envs.make("FrozenLake-v1", config).observationSpace()).isEqualTo(Discrete.of(6));
        Map<String, Object> random = Map.of("map_name", "random", "map_size", 12, "map_p", 0.55, "map_seed", 7);
        assertThat(Envs.make("FrozenLake-v1", random).observationSpace()).isEqualTo(Discrete.of(144));
        FrozenLake usual = (FrozenLake) tabular("FrozenLake-v1", EnvContext.of(Map.of()));
        assertThat(usual.map()).isEqualTo(FrozenLakeMap.named("4x4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{desc: [SF, FGG]}; desc[1] is \"FGG\" with 3 tiles, but desc[0] has 2",
                "{desc: [SF, XG]}; 'X' at 0",
                "{desc: [FF, FG]}; without a start",
                "{desc: [SF, FF]}; without a goal",
                "{desc: []}; must be a list of texts",
                "{desc: SFFG}; must be a list of texts",
                "{desc: [1, 2]}; must be a list of texts",
                "{map_name: 5x5}; map_name",
                "{success_rate: 1.5}; success_rate",
                "{success_rate: -0.1}; success_rate",
                "{reward_schedule: [1, 0]}; reward_schedule has 2 numbers",
                "{reward_schedule: 1}; reward_schedule",
                "{is_slippery: maybe}; is_slippery",
                "{map_name: random, map_size: 1}; map_size",
                "{map_name: random, map_p: 0}; p is 0.0",
                "{map_name: random, map_p: 1.1}; map_p",
                "{map_name: random, map_size: 30, map_p: 0.05}; Raise p",
                "{slippery: true}; Maybe 'is_slippery'?"
            })
    void refusesLakesThatMakeNoSense(String config, String part) {
        assertThatThrownBy(() -> make("FrozenLake-v1", Json.asObject(Json.parseYaml(config, "test"), "config")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FrozenLake-v1")
                .hasMessageContaining(part);
    }

    @Test
    void refusesProbabilitiesOutsideTheirRange() {
        assertThatThrownBy(() -> Envs.make("Taxi-v4", Map.of("rainy_probability", 1.2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rainy_probability");
        assertThatThrownBy(() -> new TaxiRules(true, true, 0.8, -0.3))
                .hasMessageContaining("fickle_probability is -0.3");
        assertThatThrownBy(() -> new FrozenLake.Rules(true, Double.NaN, 1, 0, 0))
                .hasMessageContaining("success_rate");
        assertThatThrownBy(() -> FrozenLakeMap.random(3, 0, 1)).hasMessageContaining("p is 0.0");
        assertThatThrownBy(() -> FrozenLakeMap.named("4x5")).hasMessageContaining("Maybe '4x4'?");
    }

    @Test
    void anEpisodeThatIsPlayedOnStaysWhereItEnded() {
        FrozenLake lake = new FrozenLake(new FrozenLakeMap(List.of("SH", "GF")), FrozenLake.Rules.USUAL);
        lake.reset(1);
        while (!lake.step(2).terminated()) {}
        int end = lake.state;
        StepResult<Integer> more = lake.step(0);
        assertThat(more.observation()).isEqualTo(end);
        assertThat(more.terminated()).isTrue();
        assertThat(more.reward()).isZero();
    }

    /** A natural is an ace and a ten at once; the book lets it win against any 21 that is none, casinos pay 1.5. */
    @Test
    void paysForANaturalByTheRulesInForce() {
        int naturals = 0;
        for (int seed = 0; naturals < 20; seed++) {
            List<Object> first = new Blackjack().reset(seed).observation();
            if (!first.get(0).equals(21)) {
                continue;
            }
            naturals++;
            double plain = stick(new Blackjack(false, false), seed);
            assertThat(stick(new Blackjack(true, false), seed)).isEqualTo(plain == 1 ? 1.5 : plain);
            assertThat(stick(new Blackjack(false, true), seed)).isGreaterThanOrEqualTo(plain);
            assertThat(stick(new Blackjack(true, true), seed)).isEqualTo(stick(new Blackjack(false, true), seed));
        }
    }

    private static double stick(Blackjack game, long seed) {
        game.reset(seed);
        StepResult<List<Object>> result = game.step(0);
        assertThat(result.terminated()).isTrue();
        return result.reward();
    }

    @Test
    void hidesTheDealersCardsUntilThePlayerSticks() {
        Blackjack game = new Blackjack();
        game.reset(0); // 11 against a ten, as the recorded trace says
        assertThat(game.renderText()).matches("Dealer: [JQK] \\?\nPlayer: \\d+ \\d+ = 11\n");
        game.step(1);
        assertThat(game.renderText()).matches("Dealer: [JQK] \\?\nPlayer: \\d+ \\d+ A = 12\n");
        game.step(0);
        assertThat(game.renderText()).matches("Dealer: 10( \\d+| A)+ = \\d+\nPlayer: .* = 12\n");
    }
}
