package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.random.Pcg64;
import org.rltune.tune.space.Domain;

final class ScaleTest {
    @Test
    void putsTheMiddleOfADomainInTheMiddleOfItsAxis() {
        assertMiddle(Domain.loguniform(1e-4, 1e-2), 1e-3);
        assertMiddle(Domain.lograndint(1, 100), 10L);
        assertMiddle(Domain.oneMinusLog(0.9, 0.999), 0.99);
        assertMiddle(Domain.uniform(-1, 3), 1.0);
        assertMiddle(Domain.quniform(0, 1, 0.25), 0.5);
        assertMiddle(Domain.randint(0, 10), 5L);
        assertMiddle(Domain.choice("a", "b", "c"), "b");
        assertMiddle(Domain.grid(64L, 128L, 4096L), 128L);
    }

    private static void assertMiddle(Domain domain, Object middle) {
        Scale scale = Scale.of(json(domain), List.of(middle));
        assertThat(scale.at(middle)).as(domain.toString()).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void makesRoomForValuesBeyondTheDomain() {
        Scale scale = Scale.of(json(Domain.uniform(0, 1)), List.of(2.0, 0.5));
        assertThat(scale.at(2.0)).isEqualTo(1);
        assertThat(scale.at(0)).isZero();
        Scale added = Scale.of(json(Domain.choice("a", "b")), List.of("c", "a"));
        assertThat(added.ticks(9)).extracting(Scale.Tick::label).containsExactly("a", "b", "c");
    }

    @Test
    void hasNoPlaceForWhatIsNotThere() {
        assertThat(Scale.of(json(Domain.uniform(0, 1)), List.of()).at(null)).isNaN();
        assertThat(Scale.of(json(Domain.choice("a")), List.of()).at("b")).isNaN();
        assertThat(Scale.of(Map.of(), List.of()).at(3.0)).isNaN();
        assertThat(Scale.of(Map.of(), List.of(4.0)).at(4.0))
                .as("a single value lies in the middle")
                .isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1e-5, 1e-5",
        "0.001, 0.001",
        "0.9999, 0.9999",
        "40000, '40,000'",
        "2.5e7, 2.5e7",
        "-0.25, -0.25"
    })
    void writesNumbersShort(double value, String text) {
        assertThat(Scale.label(value)).isEqualTo(text);
    }

    @Test
    void marksRoundValues() {
        assertThat(labels(Domain.loguniform(1e-5, 1e-3), 6)).containsExactly("1e-5", "1e-4", "0.001");
        assertThat(labels(Domain.loguniform(3e-4, 3e-3), 6)).containsExactly("5e-4", "0.001", "0.002");
        assertThat(labels(Domain.oneMinusLog(0.9, 0.999), 6)).containsExactly("0.9", "0.99", "0.999");
        assertThat(labels(Domain.uniform(-0.2, 0.2), 5)).containsExactly("-0.2", "-0.1", "0", "0.1", "0.2");
        assertThat(labels(Domain.randint(1, 4), 10)).containsExactly("1", "2", "3", "4");
    }

    /** A mark lies where the value that it names lies. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void marksValuesWhereTheyLie(long seed) {
        Pcg64 random = new Pcg64(seed);
        for (int i = 0; i < 300; i++) {
            double a = Math.exp(random.uniform(-14, 10));
            double b = a * Math.exp(random.uniform(1e-3, 9));
            int most = 2 + i % 9;
            for (Domain domain : List.of(Domain.uniform(a, b), Domain.loguniform(a, b), Domain.uniform(-b, a))) {
                Scale scale = Scale.of(json(domain), List.of());
                List<Scale.Tick> ticks = scale.ticks(most);
                assertThat(ticks).as("seed %d: %s", seed, domain).hasSizeBetween(2, most + 1);
                double last = -1e-6;
                for (Scale.Tick tick : ticks) {
                    assertThat(tick.at())
                            .as("seed %d: %s %s", seed, domain, ticks)
                            .isBetween(last, 1 + 1e-6);
                    last = tick.at();
                    double named = Double.parseDouble(tick.label().replace(",", ""));
                    assertThat(scale.at(named))
                            .as("seed %d: %s %s", seed, domain, ticks)
                            .isEqualTo(tick.at(), within(0.02));
                }
            }
        }
    }

    private static List<String> labels(Domain domain, int most) {
        return Scale.of(json(domain), List.of()).ticks(most).stream()
                .map(Scale.Tick::label)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> json(Domain domain) {
        return (Map<String, ?>) domain.toJson();
    }
}
