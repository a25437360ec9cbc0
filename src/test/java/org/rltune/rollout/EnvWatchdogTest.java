package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rltune.rollout.EnvWatchdog.Work;

@Timeout(60)
class EnvWatchdogTest {
    private static Work work(String what, Runnable run) {
        return new Work(what, run, () -> 0, () -> {});
    }

    @Test
    void waitsForAllWork() {
        AtomicInteger count = new AtomicInteger();
        new EnvWatchdog("t00000", 30)
                .run(List.of(
                        work("worker 0", count::incrementAndGet),
                        work("worker 1", count::incrementAndGet),
                        work("worker 2", count::incrementAndGet)));
        assertThat(count).hasValue(3);
    }

    @Test
    void doesNotMindWorkThatIsLongButActive() {
        AtomicLong activity = new AtomicLong();
        Work busy = new Work(
                "worker 0",
                () -> {
                    for (int i = 0; i < 60; i++) {
                        LockSupport.parkNanos(30_000_000);
                        activity.incrementAndGet();
                    }
                },
                activity::get,
                () -> {});
        new EnvWatchdog("t00000", 1.5).run(List.of(busy)); // 1.8 s of work
        assertThat(activity).hasValue(60);
    }

    @Test
    void givesUpWhatHangsAndShowsAllStacks() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean abandoned = new AtomicBoolean();
        Work hanging = new Work(
                "worker 1",
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                },
                () -> 0,
                () -> abandoned.set(true));
        EnvTimeoutException failure = catchThrowableOfType(
                EnvTimeoutException.class,
                () -> new EnvWatchdog("t00007", 0.2).run(List.of(work("worker 0", () -> {}), hanging)));
        assertThat(failure)
                .hasMessageContainingAll(
                        "t00007", "worker 1", "0.2 s", "env_step_timeout_s", "EnvWatchdogTest", "max_failures");
        assertThat(failure.getCause())
                .hasMessageContainingAll(
                        "\"rltune-env-t00007-worker-1\"", "CountDownLatch.await", "EnvWatchdog.run", "main");
        assertThat(abandoned).isTrue();
        interrupted.await();
    }

    @Test
    void throwsWhatTheWorkThrew() {
        assertThatThrownBy(() -> new EnvWatchdog("t00000", 30).run(List.of(work("worker 0", () -> {
                    throw new ArithmeticException("by zero");
                }))))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("by zero");
        assertThatThrownBy(() -> new EnvWatchdog("t00000", 30).run(List.of(work("worker 0", () -> {
                    throw new StackOverflowError("deep");
                }))))
                .isInstanceOf(StackOverflowError.class);
    }
}
