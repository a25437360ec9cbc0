package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;

class AshaPromotionTest extends SchedulerContract {
    @Override
    protected Scheduler scheduler() {
        return AshaScheduler.promotion().reductionFactor(2).maxT(8).build();
    }

    @Test
    void promotesTheBestHalfOfEachRung() {
        FakeTuner tuner =
                new FakeTuner(scheduler(), AshaStoppingTest.X, 8, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        tuner.run(400);
        // Trials come in ascending order, so each second one is the best of its rung when it comes. Of 8 at rung 1 four
        // go
        // on at least, and of those two, and of those one; some of the early ones were promoted before better ones
        // came.
        assertThat(tuner.trials.get(7).iteration).isEqualTo(8);
        assertThat(tuner.trials.get(0).iteration).isEqualTo(1);
        assertThat(tuner.decisions.get(0))
                .isEqualTo(new Decision.Pause(
                        "t00000",
                        "rung 1: rank 1 of 1 by episode_reward_mean (0.0), not among the best 0 (1 / 2): waits"));
        assertThat(tuner.decisions.get(1))
                .isEqualTo(new Decision.Continue(
                        "t00001",
                        "rung 1: rank 1 of 2 by episode_reward_mean (1.0), among the best 1 (2 / 2): promoted"));
        assertThat(tuner.decisions)
                .contains(new Decision.Stop(
                        "t00000",
                        "rung 1: rank 8 of 8 by episode_reward_mean (0.0), never among the best 4 (8 / 2): nothing"
                                + " runs, and no trial can come that would change that"));
        assertThat(tuner.scheduler.summary()).startsWith("AshaScheduler: promotion, 8 stopped; rung 8: ");
    }

    @Test
    void promotesATrialThatWaitedWhenTheRungHasGrown() {
        FakeTuner tuner =
                new FakeTuner(scheduler(), AshaStoppingTest.X, 4, Mode.MIN, 1, t -> OptionalDouble.of(t.number));
        tuner.step(tuner.trials.get(0), 400);
        assertThat(tuner.trials.get(0).waiting).isTrue();
        tuner.step(tuner.trials.get(1), 400); // the worse one comes, and the first is promoted
        assertThat(tuner.trials.get(0).waiting).isFalse();
        assertThat(tuner.trials.get(1).waiting).isTrue();
        assertThat(tuner.decisions).extracting(Decision::trialId).containsExactly("t00000", "t00000", "t00001");
        assertThat(tuner.decisions.get(2).reason())
                .contains("rank 2 of 2")
                .endsWith("not among the best 1 (2 / 2): waits");
    }

    /**
     * Algorithm 2 of the paper as it is written: a free worker takes the highest rung that has a promotable trial, or a new
     * trial where there is none. With one worker, what is promoted to which rung in which order must be the same.
     */
    @Test
    void promotesAsThePapersAlgorithmWithOneWorker() {
        for (int seed = 0; seed < 100; seed++) {
            Pcg64 random = new Pcg64(seed);
            int factor = 2 + (int) random.integers(0, 3);
            double[] scores = new double[40];
            for (int i = 0; i < 40; i++) {
                scores[i] = random.nextDouble();
            }
            Scheduler asha = AshaScheduler.promotion()
                    .reductionFactor(factor)
                    .maxT(factor * factor * factor)
                    .build();
            FakeTuner tuner = new FakeTuner(
                    asha, AshaStoppingTest.X, 40, Mode.MAX, seed, t -> OptionalDouble.of(scores[t.number]));
            List<String> ours = new ArrayList<>();
            oneWorker(tuner, ours);
            assertThat(ours).as("seed %d", seed).isEqualTo(paper(scores, factor, 3));
        }
    }

    private static void oneWorker(FakeTuner tuner, List<String> jobs) {
        int made = 0;
        while (true) {
            FakeTrial next = tuner.trials.stream()
                    .filter(t -> t.iteration > 0 && !t.waiting && !t.ended)
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                if (made == tuner.trials.size()) {
                    return;
                }
                next = tuner.trials.get(made++);
            }
            tuner.step(next, 1e9);
            jobs.add(next.number + "@" + next.iteration);
        }
    }

    private static List<String> paper(double[] scores, int factor, int top) {
        List<String> jobs = new ArrayList<>();
        List<List<Integer>> rungs = new ArrayList<>();
        List<List<Integer>> promoted = new ArrayList<>();
        for (int k = 0; k <= top; k++) {
            rungs.add(new ArrayList<>());
            promoted.add(new ArrayList<>());
        }
        int made = 0;
        while (true) {
            int rung = -1;
            int trial = -1;
            for (int k = top - 1; k >= 0 && trial < 0; k--) {
                List<Integer> sorted = new ArrayList<>(rungs.get(k));
                sorted.sort(Comparator.comparingDouble(i -> -scores[i]));
                for (int candidate : sorted.subList(0, sorted.size() / factor)) {
                    if (trial < 0 && !promoted.get(k).contains(candidate)) {
                        trial = candidate;
                        rung = k;
                    }
                }
            }
            if (trial >= 0) {
                promoted.get(rung).add(trial);
            } else if (made < scores.length) {
                trial = made++;
            } else {
                return jobs;
            }
            rungs.get(rung + 1).add(trial);
            int time = 1;
            for (int i = 0; i <= rung; i++) {
                time *= factor;
            }
            jobs.add(trial + "@" + time);
        }
    }

    @Test
    void promotesNoTrialWithoutAScore() {
        FakeTuner tuner = new FakeTuner(
                scheduler(),
                AshaStoppingTest.X,
                8,
                Mode.MAX,
                1,
                t -> t.number < 7 ? OptionalDouble.empty() : OptionalDouble.of(-1));
        tuner.run(400);
        assertThat(tuner.trials)
                .filteredOn(t -> t.iteration > 1)
                .extracting(t -> t.number)
                .containsExactly(7);
    }

    @Test
    void makesRoomForOthersWhenATrialEndsBeforeItIsPromoted() {
        FakeTuner tuner = new FakeTuner(
                AshaScheduler.promotion().reductionFactor(2).maxT(8).build(),
                AshaStoppingTest.X,
                4,
                Mode.MAX,
                1,
                t -> OptionalDouble.of(-t.number));
        tuner.step(tuner.trials.get(0), 400);
        tuner.end(tuner.trials.get(0)); // by a rule that ends paused trials too
        tuner.step(tuner.trials.get(1), 400);
        tuner.step(tuner.trials.get(2), 400);
        assertThat(tuner.decisions).allMatch(Decision.Pause.class::isInstance); // t00000 holds the only place
        tuner.step(tuner.trials.get(3), 400);
        assertThat(tuner.trials.get(1).waiting).isFalse();
        tuner.run(400);
    }

    @Test
    void warnsWhereNoTrialCanReachTheHighestRung() {
        AshaScheduler asha = AshaScheduler.promotion().build();
        new FakeTuner(asha, AshaStoppingTest.X, 8, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(asha.warnings())
                .containsExactly(
                        "AshaScheduler promotes the best 1 of 4: with 8 trials none goes beyond rung 4, and the"
                                + " highest is 64. Set numSamples(64) or more, or raise gracePeriod.");
        new FakeTuner(asha, AshaStoppingTest.X, 64, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(asha.warnings()).isEmpty();
        assertThat(AshaScheduler.stopping().build().warnings()).isEmpty();
        assertThat(asha.settings()).containsEntry("form", "promotion");
    }
}
