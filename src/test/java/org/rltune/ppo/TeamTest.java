package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TeamTest {
    private static <T> T in(int threads, Callable<T> work) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(work).get(10, TimeUnit.SECONDS);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void worksOnEveryShardOfEveryRoundOnce(int threads) throws Exception {
        AtomicIntegerArray runs = new AtomicIntegerArray(7);
        AtomicInteger wrongLane = new AtomicInteger();
        in(threads, () -> {
            try (Team team = new Team(threads, (lane, shard) -> {
                wrongLane.addAndGet(lane < 0 || lane >= threads ? 1 : 0);
                runs.incrementAndGet(shard);
            })) {
                for (int round = 1; round <= 200; round++) {
                    int shards = 1 + round % 7;
                    team.run(shards);
                }
            }
            return null;
        });
        assertThat(wrongLane).hasValue(0);
        for (int shard = 0; shard < 7; shard++) {
            int expected = 0;
            for (int round = 1; round <= 200; round++) {
                expected += shard < 1 + round % 7 ? 1 : 0;
            }
            assertThat(runs.get(shard)).as("shard %d", shard).isEqualTo(expected);
        }
    }

    @Test
    void anIdleThreadOfThePoolHelps() throws Exception {
        boolean met = in(2, () -> {
            // Each of the two shards waits for the other: one thread alone would never end.
            CountDownLatch both = new CountDownLatch(2);
            AtomicInteger arrived = new AtomicInteger();
            try (Team team = new Team(2, (lane, shard) -> {
                both.countDown();
                try {
                    arrived.addAndGet(both.await(5, TimeUnit.SECONDS) ? 1 : 0);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            })) {
                team.run(2);
            }
            return arrived.get() == 2;
        });
        assertThat(met).isTrue();
    }

    @Test
    void aHelperGoesWhenItsPoolIsGivenOtherWork() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(2);
        CountDownLatch helped = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        boolean ran = pool.submit(() -> {
                    try (Team team = new Team(2, (lane, shard) -> {
                        if (lane == 1) {
                            helped.countDown();
                        }
                    })) {
                        while (helped.getCount() > 0) {
                            team.run(4);
                        }
                        // From outside, as a tuner starts a trial.
                        new Thread(() -> pool.execute(other::countDown)).start();
                        // The helper is the only other thread: while it stayed, nobody would run this.
                        return other.await(5, TimeUnit.SECONDS);
                    }
                })
                .get(10, TimeUnit.SECONDS);
        pool.shutdownNow();
        assertThat(ran).isTrue();
    }

    @Test
    void helpersThatMustBeWaitedForAreSentAway() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        boolean alone = in(2, () -> {
            try (Team team = new Team(2, (lane, shard) -> {
                sleep(lane == 1 ? 20 : 1); // the helper is like a thread that has lost its core
            })) {
                while (!team.gaveUp() && rounds.incrementAndGet() < 1000) {
                    team.run(2);
                }
                return team.lanes() == 1;
            }
        });
        assertThat(alone).isTrue();
        assertThat(rounds.get()).isGreaterThanOrEqualTo(3);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatAShardThrowsIsThrown() {
        for (int threads : new int[] {1, 3}) {
            assertThatThrownBy(() -> in(threads, () -> {
                        try (Team team = new Team(threads, (lane, shard) -> {
                            if (shard == 2) {
                                throw new ArithmeticException("diverged");
                            }
                        })) {
                            team.run(5);
                        }
                        return null;
                    }))
                    .hasRootCauseInstanceOf(ArithmeticException.class)
                    .rootCause()
                    .hasMessage("diverged");
        }
    }

    @Test
    void worksOutsideOfAPoolToo() {
        AtomicInteger runs = new AtomicInteger();
        try (Team team = new Team(Team.threads(), (lane, shard) -> runs.incrementAndGet())) {
            team.run(8);
        }
        assertThat(runs).hasValue(8);
    }
}
