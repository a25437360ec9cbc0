package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;

class FifoSchedulerTest extends WaitingSchedulerContract {
    @Override
    protected Scheduler scheduler() {
        return new FifoScheduler();
    }

    @Test
    void letsEveryTrialRunToItsEnd() {
        FakeTuner tuner = run(scheduler(), Mode.MAX, 1, SchedulerContract::noise);
        assertThat(tuner.decisions).isEmpty();
        assertThat(tuner.trials).allMatch(trial -> trial.iteration == (int) END);
        assertThat(tuner.scheduler.needsCheckpoint()).isFalse();
        assertThat(tuner.scheduler.summary()).isEqualTo("FifoScheduler: 8 of 8 trials ended");
    }
}
