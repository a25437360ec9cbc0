package org.rltune.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeedsTest {
    private final Seeds seeds = Seeds.of(42);

    @Test
    void givesTheSameNumbersInWhateverOrderStreamsAreAskedFor() {
        long shuffle = 20261123L;
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        List<Long> forward = order.stream().map(this::first).toList();
        Collections.shuffle(order, new Random(shuffle));
        for (int worker : order) {
            assertThat(first(worker)).as("shuffled with %d", shuffle).isEqualTo(forward.get(worker));
        }
    }

    private long first(int worker) {
        return seeds.child("trial", 3).stream("worker", worker).nextLong();
    }

    @Test
    void givesDifferentNumbersForDifferentSeedsNamesIndicesAndPaths() {
        List<Pcg64> streams = List.of(
                seeds.stream("a"),
                seeds.stream("b"),
                seeds.stream("A"),
                seeds.stream("ab"),
                seeds.stream("a", 0),
                seeds.stream("a", 1),
                seeds.stream("a", -1),
                seeds.stream("a", 1L << 32),
                seeds.stream("a", 0, 0),
                seeds.stream("a", 0, 1),
                seeds.stream("a", 1, 0),
                seeds.child("a").stream("b"),
                seeds.child("b").stream("a"),
                seeds.child("a", 0).stream("b"),
                seeds.child("a").stream("b", 0),
                Seeds.of(43).stream("a"),
                Seeds.of(42L + (1L << 32)).stream("a"),
                new Pcg64(42));
        Set<Long> first = new HashSet<>();
        streams.forEach(stream -> first.add(stream.nextLong()));
        assertThat(first).hasSameSizeAs(streams);
    }

    @Test
    void givesStreamsThatAreNotCorrelated() {
        int n = 20_000;
        Pcg64 one = seeds.stream("worker", 0);
        Pcg64 two = seeds.stream("worker", 1);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (one.nextDouble() - 0.5) * (two.nextDouble() - 0.5);
        }
        // The sum of n products of two uniform numbers of variance 1/12 has the standard deviation sqrt(n) / 12.
        assertThat(Math.abs(sum)).isLessThan(4 * Math.sqrt(n) / 12);
    }

    @Test
    void givesSeedsThatEveryResetTakes() {
        for (int i = 0; i < 1000; i++) {
            assertThat(seeds.seed("reset", i)).isNotNegative();
        }
    }

    /** As NumPy gives for these keys, recorded once: a change here changes every experiment. */
    @Test
    void keepsItsNumbersForEver() {
        assertThat(Golden.hex(Seeds.of(7).stream("rollout", 2).nextDouble())).isEqualTo("3fe25576e8da1651");
        assertThat(Golden.hex(
                        Seeds.of(7).child("trial", 1).stream("pbt.explore").nextDouble()))
                .isEqualTo("3fe67530f720b2ef");
        assertThat(Seeds.of(0).seed("reset", 0)).isEqualTo(120331667844308369L);
    }

    @Test
    void refusesNegativeSeedsAndBlankNames() {
        assertThatThrownBy(() -> Seeds.of(-1))
                .hasMessageContaining("seed is -1")
                .hasMessageContaining("at least 0");
        assertThatThrownBy(() -> seeds.stream(" ")).hasMessageContaining("name is \" \"");
        assertThatThrownBy(() -> seeds.child("")).hasMessageContaining("must not be blank");
    }

    @Test
    void givesASeriesTheSeedsOfItsLastIndex() {
        for (Seeds root : List.of(seeds, Seeds.of(42L + (1L << 40)), seeds.child("trial", 3))) {
            SeedSeries series = root.series("episode", 2, 7);
            for (long k : new long[] {0, 1, 5, 1L << 33, 1, Long.MAX_VALUE}) {
                assertThat(series.seed(k)).isEqualTo(root.seed("episode", 2, 7, k));
            }
        }
        assertThatThrownBy(() -> seeds.series("episode").seed(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beginsAgainFromASeedAsANewGenerator() {
        Pcg64 random = new Pcg64(9);
        for (long seed : new long[] {0, 1, 1L << 32, Long.MAX_VALUE, 5}) {
            random.nextInt(); // leaves half a word
            random.reseed(seed);
            assertThat(random.state()).isEqualTo(new Pcg64(seed).state());
        }
        assertThatThrownBy(() -> random.reseed(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
