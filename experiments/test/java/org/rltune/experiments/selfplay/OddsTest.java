package org.rltune.experiments.selfplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class OddsTest {
    private static final double EXACT = 1e-12;

    /** Known: of games at random X wins 737/1260, O 121/420, and 8/63 are drawn. */
    @Test
    void addsUpAllGamesOfTwoRandomPlayers() {
        Odds x = Odds.of(Odds.RANDOM, 0, Odds.RANDOM);
        assertThat(x.win()).isCloseTo(737 / 1260.0, within(EXACT));
        assertThat(x.loss()).isCloseTo(121 / 420.0, within(EXACT));
        assertThat(x.draw()).isCloseTo(8 / 63.0, within(EXACT));
        Odds o = Odds.of(Odds.RANDOM, 1, Odds.RANDOM);
        assertThat(o.win()).isCloseTo(x.loss(), within(EXACT));
        assertThat(o.loss()).isCloseTo(x.win(), within(EXACT));
    }

    @Test
    void perfectPlayersNeverLoseAndDrawAgainstEachOther() {
        Odds.Player perfect = Odds.perfect();
        assertThat(Odds.of(perfect, 0, Odds.RANDOM).loss()).isZero();
        assertThat(Odds.of(perfect, 1, Odds.RANDOM).loss()).isZero();
        assertThat(Odds.of(perfect, 0, perfect).draw()).isCloseTo(1, within(EXACT));
    }
}
