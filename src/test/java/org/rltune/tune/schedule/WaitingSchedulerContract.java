package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rltune.tune.Mode;

/** What holds besides for every scheduler that compares trials only when all of them have come. */
abstract class WaitingSchedulerContract extends SchedulerContract {
    @Test
    void decidesTheSameInWhicheverOrderTrialsArrive() {
        FakeTuner forth = new FakeTuner(scheduler(), space(), trials(), Mode.MAX, 1, SchedulerContract::noise);
        FakeTuner back = new FakeTuner(scheduler(), space(), trials(), Mode.MAX, 1, SchedulerContract::noise);
        for (int i = 0; i < trials(); i++) {
            forth.step(forth.trials.get(i), END);
            back.step(back.trials.get(trials() - 1 - i), END);
        }
        assertThat(texts(back.decisions)).isEqualTo(texts(forth.decisions));
    }
}
