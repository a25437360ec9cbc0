package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.lograndint;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.oneMinusLog;
import static org.rltune.tune.space.Domain.qlograndint;
import static org.rltune.tune.space.Domain.qloguniform;
import static org.rltune.tune.space.Domain.qrandint;
import static org.rltune.tune.space.Domain.qrandn;
import static org.rltune.tune.space.Domain.quniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.randn;
import static org.rltune.tune.space.Domain.uniform;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** What holds for every domain, over ten thousand draws each. */
class DomainContractTest {
    private static final int DRAWS = 10_000;
    private static final long SEED = 20_261;

    static Stream<Domain> domains() {
        return Stream.of(
                uniform(0.1, 0.5),
                uniform(0.9, 1.0),
                uniform(-2.0, 3.0),
                uniform(0.0, 0.01),
                uniform(-1.0, 0.0),
                uniform(1.0, Math.nextUp(1.0)),
                uniform(-8e307, 8e307),
                loguniform(1e-5, 1e-3),
                loguniform(Double.MIN_VALUE, 1.0),
                loguniform(1e-300, 1e300),
                randint(1, 30),
                randint(128, 16384),
                randint(-5, 6),
                randint(0, 1),
                randint(Long.MAX_VALUE - 1, Long.MAX_VALUE),
                randint(Long.MIN_VALUE, Long.MIN_VALUE + 3),
                quniform(0.0, 1.0, 0.1),
                quniform(-0.3, 0.6, 0.3),
                quniform(-5.0, 5.0, 2.5),
                qloguniform(0.001, 1.0, 0.001),
                qloguniform(1.0, 64.0, 1.0),
                randn(0.0, 1.0),
                randn(-3.0, 1e-3),
                qrandn(10.0, 2.0, 0.2),
                qrandint(0, 100, 10),
                qrandint(-6, 9, 3),
                qrandint(1, 10, 1),
                qrandint(64, 128, 64),
                lograndint(1, 30),
                lograndint(128, 16384),
                lograndint(7, 8),
                qlograndint(64, 4096, 64),
                qlograndint(1, 10, 1),
                oneMinusLog(0.8, 0.9999),
                oneMinusLog(-1.0, Math.nextDown(1.0)),
                choice(1e-3, 5e-4, 1e-4),
                choice("tanh", "relu"),
                choice(32, 64.5, 128L),
                choice(true, false),
                choice(List.of(64, 64), List.of(256)),
                choice("only"),
                Domain.grid(1e-3, 1e-4),
                Domain.grid("tanh", "relu", 3));
    }

    @ParameterizedTest
    @MethodSource("domains")
    void containsEveryValueThatItSamples(Domain domain) {
        Pcg64 random = new Pcg64(SEED);
        for (int i = 0; i < DRAWS; i++) {
            Object value = domain.sample(random, HyperParams.empty());
            assertThat(domain.contains(value))
                    .as("seed %d, draw %d: %s", SEED, i, value)
                    .isTrue();
            assertThat(domain.clamp(value)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("domains")
    void containsEveryValueThatALongChainOfMovesReaches(Domain domain) {
        Pcg64 random = new Pcg64(SEED);
        double[] factors = {1.2, 0.8, 2.0, 0.5, 1e9, 1e-9};
        Object value = domain.sample(random, HyperParams.empty());
        for (int i = 0; i < DRAWS; i++) {
            value = domain.perturb(value, factors[(int) random.integers(0, factors.length)], random)
                    .value();
            assertThat(domain.contains(value))
                    .as("seed %d, move %d: %s", SEED, i, value)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("domains")
    void clampsNumbersFromAnywhereIntoItself(Domain domain) {
        boolean numeric = domain.extremes().stream().anyMatch(Number.class::isInstance);
        Pcg64 random = new Pcg64(SEED);
        for (int i = 0; numeric && i < DRAWS; i++) {
            double anywhere = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(anywhere)) {
                assertThat(domain.contains(domain.clamp(anywhere)))
                        .as("%s", anywhere)
                        .isTrue();
            }
            assertThat(domain.contains(domain.clamp(random.nextLong()))).isTrue();
        }
        assertThat(domain.extremes()).isNotEmpty().allMatch(domain::contains);
    }

    @ParameterizedTest
    @MethodSource("domains")
    void saysSoWhereAMoveChangesNothing(Domain domain) {
        Pcg64 random = new Pcg64(SEED);
        Object value = domain.sample(random, HyperParams.empty());
        for (int i = 0; i < 1000; i++) {
            Domain.Move move = domain.perturb(value, random.nextBoolean() ? 1.2 : 0.8, random);
            assertThat(move.how().contains("stays"))
                    .as("%s: %s -> %s", move.how(), value, move.value())
                    .isEqualTo(move.value().equals(value));
            value = move.value();
        }
    }

    @ParameterizedTest
    @MethodSource("domains")
    void givesTheSameValuesForTheSameSeed(Domain domain) {
        Pcg64 first = new Pcg64(7);
        Pcg64 second = new Pcg64(7);
        for (int i = 0; i < 100; i++) {
            assertThat(domain.sample(first, HyperParams.empty())).isEqualTo(domain.sample(second, HyperParams.empty()));
        }
    }

    @ParameterizedTest
    @MethodSource("domains")
    void printsItselfAsJson(Domain domain) {
        assertThat(Json.parse(Json.write(domain.toJson()), "domain")).isInstanceOf(java.util.Map.class);
    }
}
