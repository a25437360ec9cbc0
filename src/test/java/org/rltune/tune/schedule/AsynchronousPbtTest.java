package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.schedule.AshaStoppingTest.X;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;

class AsynchronousPbtTest extends SchedulerContract {
    @Override
    protected Scheduler scheduler() {
        return PopulationBasedTraining.builder().synch(false).build();
    }

    @Test
    void decidesAboutEachTrialWhenItComes() {
        FakeTuner tuner = new FakeTuner(scheduler(), X, 4, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        tuner.step(tuner.trials.get(3), 100);
        assertThat(tuner.decisions)
                .containsExactly(new Decision.Continue("t00003", "rank 1 of 1 by episode_reward_mean (3.0)"));
        tuner.step(tuner.trials.get(0), 100);
        assertThat(tuner.exploits()).singleElement().matches(e -> e.trialId().equals("t00000"));
        assertThat(tuner.trials).noneMatch(t -> t.waiting);
        assertThat(tuner.scheduler.runUntil(tuner.trials.get(3))).isEqualTo(8);
        assertThat(tuner.scheduler.runUntil(tuner.trials.get(1))).isEqualTo(4);
    }

    // Trap 7: a young trial is compared with scores that others earned when they were older.
    @Test
    void comparesWithWhatOthersHadScoredAtTheSameAge() {
        FakeTuner tuner = new FakeTuner(scheduler(), X, 2, Mode.MAX, 1, t -> OptionalDouble.of(t.iteration + t.number));
        tuner.trials.get(1).stepsPerIteration = 1;
        for (int i = 0; i < 5; i++) {
            tuner.step(tuner.trials.get(0), 100); // t00000 reaches 20, and scores 19
        }
        tuner.step(tuner.trials.get(1), 100); // t00001 scores 4 at 4, where t00000 had 3
        assertThat(tuner.decisions.get(5))
                .isEqualTo(new Decision.Continue("t00001", "rank 1 of 2 by episode_reward_mean (4.0)"));
    }

    @Test
    void ignoresScoresThatWereEarnedByWeightsWhichAreGone() {
        FakeTuner tuner = new FakeTuner(
                scheduler(),
                X,
                3,
                Mode.MAX,
                1,
                t -> OptionalDouble.of(t.number == 1 && t.iteration < 4 ? -50 : t.number));
        tuner.step(tuner.trials.get(2), 100);
        tuner.step(tuner.trials.get(1), 100); // copies t00002 at 4, giving up what earned -50
        assertThat(tuner.exploits()).hasSize(1);
        tuner.step(tuner.trials.get(0), 100); // at 4: t00001 has no score of its own there
        assertThat(tuner.decisions.get(2).reason())
                .startsWith("rank 2 of 2 by episode_reward_mean (0.0); copies t00002");
    }

    @Test
    void waitsForTheBurnInAndMeasuresTheTrialsOwnTime() {
        Scheduler pbt = PopulationBasedTraining.builder()
                .synch(false)
                .burnInPeriod(10)
                .perturbationInterval(3)
                .build();
        FakeTuner tuner = new FakeTuner(pbt, X, 1, Mode.MAX, 1, t -> OptionalDouble.of(1));
        tuner.step(tuner.trials.get(0), 100);
        assertThat(tuner.trials.get(0).time).isEqualTo(10);
        tuner.step(tuner.trials.get(0), 100);
        assertThat(tuner.trials.get(0).time).isEqualTo(13);
        assertThat(pbt.settings()).containsEntry("synch", false);
    }

    @Test
    void replacesATrialThatIsNeverScored() {
        FakeTuner tuner = new FakeTuner(
                scheduler(), X, 4, Mode.MAX, 1, t -> t.number == 0 ? OptionalDouble.empty() : OptionalDouble.of(-5));
        tuner.run(40);
        assertThat(tuner.exploits()).isNotEmpty().allMatch(e -> e.trialId().equals("t00000"));
        assertThat(tuner.exploits().get(0).reason()).contains("no episode_reward_mean at 2 points in a row");
    }
}
