package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.random.Pcg64;

/** What holds for the unit interval of every numeric domain. */
class UnitScaleTest {
    private static final int DRAWS = 2000;
    private static final long SEED = 20_262;

    static Stream<Domain> scales() {
        return DomainContractTest.domains().filter(UnitScale.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("scales")
    void mapsUnitsToValuesOfTheDomainAndNeverDownwards(Domain domain) {
        UnitScale scale = (UnitScale) domain;
        Pcg64 random = new Pcg64(SEED);
        double[] units = random.doubles(DRAWS).sorted().toArray();
        units[0] = 0;
        units[DRAWS - 1] = 1;
        Number last = null;
        for (double unit : units) {
            Number value = (Number) scale.fromUnit(unit);
            assertThat(domain.contains(value)).as("%s at %s", value, unit).isTrue();
            assertThat(last == null || Values.compare(last, value) <= 0)
                    .as("%s after %s", value, last)
                    .isTrue();
            assertThat(last == null || scale.toUnit(last) <= scale.toUnit(value))
                    .isTrue();
            last = value;
        }
        assertThat(scale.fromUnit(-1)).isEqualTo(scale.fromUnit(0));
        assertThat(scale.fromUnit(2)).isEqualTo(scale.fromUnit(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scale.fromUnit(Double.NaN))
                .withMessageContaining("from 0 to 1");
    }

    @ParameterizedTest
    @MethodSource("scales")
    void findsBackEveryValue(Domain domain) {
        UnitScale scale = (UnitScale) domain;
        Pcg64 random = new Pcg64(SEED);
        for (int i = 0; i < DRAWS; i++) {
            Number value = (Number) domain.sample(random, HyperParams.empty());
            double unit = scale.toUnit(value);
            assertThat(unit).as("%s, seed %d", value, SEED).isBetween(0.0, 1.0);
            Number back = (Number) scale.fromUnit(unit);
            if (scale.isDiscrete()) {
                assertThat(back).as("unit %s", unit).isEqualTo(value);
                assertThat(unit).isBetween(scale.cellLow(value), scale.cellHigh(value));
                assertThat(scale.fromUnit(scale.cellLow(value))).isEqualTo(value);
                double high = scale.cellHigh(value);
                if (high < 1) {
                    assertThat((Number) scale.fromUnit(high)).isNotEqualTo(value);
                    assertThat(scale.fromUnit(Math.nextDown(high))).isEqualTo(value);
                } else {
                    assertThat(scale.fromUnit(1)).isEqualTo(value);
                }
            } else {
                assertThat(scale.toUnit(back)).isEqualTo(unit, within(1e-12));
                assertThat(scale.cellLow(value)).isEqualTo(unit);
                assertThat(scale.cellHigh(value)).isEqualTo(unit);
            }
        }
    }
}
