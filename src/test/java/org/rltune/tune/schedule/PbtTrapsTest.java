package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** One test for each trap of Ray's population based training that a scheduler can fall into, by its number. */
class PbtTrapsTest {
    private static final double ABSENT = Double.NaN;
    private static final SearchSpace LR = SearchSpace.of(Map.of("lr", loguniform(1e-5, 1e-3)));

    // Trap 1: T[-0:] is everybody.
    @Test
    void copiesNobodyAndFavoursNobodyWhereTheQuantileIsEmpty() {
        PopulationBasedTraining none = pbt().quantileFraction(0).build();
        List<Decision> decisions = FakeTuner.point(none, LR, Mode.MAX, 3, 1, 4, 2);
        assertThat(decisions).hasSize(4).allMatch(Decision.Continue.class::isInstance);
        // Nobody is 'upper': the order of decisions is that of the middle, worst first.
        assertThat(decisions.stream().map(Decision::trialId)).containsExactly("t00001", "t00003", "t00000", "t00002");
        assertThat(none.save()).containsEntry("exploits", 0);
    }

    // Trap 2: clones between equals.
    @Test
    void neverReplacesATrialByOneThatIsNotStrictlyBetter() {
        List<Decision> equal = FakeTuner.point(pbt().build(), LR, Mode.MAX, 5, 5, 5, 5, 5, 5, 5, 5);
        assertThat(equal).hasSize(8).allMatch(Decision.Continue.class::isInstance);
        assertThat(equal.get(7).reason())
                .isEqualTo("rank 7 of 8 by episode_reward_mean (5.0); no trial of the top 2 is strictly better");
        // The top two of (9, 5, 5, 5) hold one that is no better than the bottom two: the other must be the donor.
        for (int seed = 0; seed < 50; seed++) {
            FakeTuner tuner = new FakeTuner(
                    pbt().quantileFraction(0.5).build(), LR, 4, Mode.MAX, seed, t -> OptionalDouble.empty());
            tuner.reach(9, 5, 5, 5);
            assertThat(tuner.exploits())
                    .hasSize(2)
                    .allMatch(e -> e.donor().trialId().equals("t00000"));
        }
    }

    // Trap 3: a population of two or three collapses.
    @Test
    void warnsBelowFourMembers() {
        for (int population : new int[] {1, 2, 3}) {
            PopulationBasedTraining small = pbt().build();
            new FakeTuner(small, LR, population, Mode.MAX, 1, t -> OptionalDouble.empty());
            assertThat(small.warnings())
                    .singleElement()
                    .asString()
                    .contains("population of " + population, "below 4", "Maybe numSamples(8)?");
            assertThat(small.summary()).contains("population below 4");
        }
        PopulationBasedTraining four = pbt().build();
        new FakeTuner(four, LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(four.warnings()).isEmpty();
        assertThat(four.summary()).doesNotContain("below 4");
    }

    // Trap 4: the donor has no checkpoint, since it was not at the top when it was last looked at.
    @Test
    void everyMemberCanBeADonorFromItsFirstPointOn() {
        PopulationBasedTraining pbt = pbt().build();
        assertThat(pbt.needsCheckpoint()).isTrue();
        FakeTuner tuner = FakeTuner.tuner(pbt, LR, Mode.MAX, 1, 2, 3, 4);
        List<Decision> second = tuner.reach(4, 30, 2, 3); // t00001 was never at the top before
        assertThat(second.stream().filter(Decision.Exploit.class::isInstance).map(d -> ((Decision.Exploit) d).donor()))
                .singleElement()
                .satisfies(donor -> assertThat(donor.trialId()).isEqualTo("t00001"))
                .satisfies(donor -> assertThat(donor.trainingIteration()).isEqualTo(8));
    }

    // Trap 5 (the scheduler's part): the decision holds the donor's checkpoint itself, so nobody can delete it before.
    @Test
    void carriesTheCheckpointThatEarnedTheScore() {
        FakeTuner tuner = new FakeTuner(pbt().build(), LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        List<Decision> decisions = tuner.reach(1, 2, 3, 4);
        Checkpoint earned = tuner.trials.get(3).checkpoint();
        tuner.trials.get(3).iterate(OptionalDouble.of(-100)); // the donor moves on, and its checkpoint is replaced
        tuner.trials.get(3).snapshot();
        Decision.Exploit exploit = (Decision.Exploit) decisions.get(3);
        assertThat(exploit.donor()).isSameAs(earned);
        assertThat(exploit.donor().score()).hasValue(4);
        assertThat(exploit.donor().trainingIteration()).isEqualTo(4);
    }

    // Trap 6: the target keeps its stale bad score after it has copied another.
    @Test
    void forgetsTheScoreOfATrialThatHasCopiedAnother() {
        PopulationBasedTraining pbt = pbt().build();
        FakeTuner tuner = FakeTuner.tuner(pbt, LR, Mode.MAX, 1, 2, 3, 4);
        assertThat(tuner.exploits()).singleElement().matches(e -> e.trialId().equals("t00000"));
        assertThat(pbt.save().get("members").toString())
                .contains("t00000={arrived=false, fresh=false, ended=false, time=4.0, since=4.0, absent=0}")
                .contains("t00003={arrived=false, fresh=false, ended=false, time=4.0, since=0.0, score=4.0, absent=0}");
        // No episode has ended under the new weights: it must not be ranked by the old 1.0 and copy again.
        List<Decision> second = tuner.reach(ABSENT, 2, 3, 4);
        assertThat(of(second, "t00000")).isInstanceOf(Decision.Continue.class);
        assertThat(of(second, "t00000").reason()).contains("not ranked this time");
        assertThat(of(second, "t00001").reason()).startsWith("rank 3 of 3");
    }

    // Trap 8: a trial without a metric is invisible and never replaced.
    @Test
    void ranksATrialWithoutAMetricLastFromTheSecondPointOn() {
        FakeTuner tuner = FakeTuner.tuner(pbt().build(), LR, Mode.MAX, -5, -6, ABSENT, -7, -4);
        Decision first = of(tuner.decisions, "t00002");
        assertThat(first).isInstanceOf(Decision.Continue.class);
        assertThat(first.reason())
                .isEqualTo(
                        "no episode_reward_mean yet: not ranked this time, but last if it is still absent at the next"
                                + " point");
        Decision second = of(tuner.reach(-5, -6, ABSENT, -7, -4), "t00002");
        assertThat(second).isInstanceOf(Decision.Exploit.class);
        assertThat(second.reason())
                .startsWith("rank 5 of 5: no episode_reward_mean at 2 points in a row ranks below every score; copies");
        // It starts over: absent once more is absent for the first time.
        assertThat(of(tuner.reach(-5, -6, ABSENT, -7, -4), "t00002")).isInstanceOf(Decision.Continue.class);
    }

    @Test
    void countsOnlyAbsencesInARowAndNeverCopiesFromATrialWithoutAMetric() {
        FakeTuner tuner = FakeTuner.tuner(pbt().build(), LR, Mode.MIN, 1, 1, ABSENT, 1);
        tuner.reach(1, 1, 1, 1);
        assertThat(of(tuner.reach(1, 1, ABSENT, 1), "t00002").reason()).contains("not ranked this time");
        FakeTuner blind = FakeTuner.tuner(pbt().build(), LR, Mode.MIN, ABSENT, ABSENT, ABSENT, ABSENT);
        assertThat(blind.reach(ABSENT, ABSENT, ABSENT, ABSENT))
                .hasSize(4)
                .allMatch(Decision.Continue.class::isInstance);
        assertThat(blind.reach(ABSENT, 7, ABSENT, ABSENT))
                .filteredOn(Decision.Exploit.class::isInstance)
                .singleElement()
                .matches(d -> ((Decision.Exploit) d).donor().trialId().equals("t00001"));
    }

    @Test
    void countsNoAbsenceForATrialThatOnlyWaited() {
        PopulationBasedTraining pbt =
                pbt().timeAttr("timesteps_total").perturbationInterval(10).build();
        FakeTuner tuner = new FakeTuner(pbt, LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        tuner.trials.get(3).stepsPerIteration = 35;
        assertThat(of(tuner.reach(1, 2, 3, ABSENT), "t00003")).isInstanceOf(Decision.Pause.class);
        assertThat(of(tuner.reach(1, 2, 3, ABSENT), "t00003").reason()).contains("not ranked this time");
        assertThat(of(tuner.reach(1, 2, 3, ABSENT), "t00003")).isInstanceOf(Decision.Exploit.class);
    }

    @Test
    void treatsNaNAsAbsent() {
        FakeTuner tuner = new FakeTuner(pbt().build(), LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        for (FakeTrial trial : tuner.trials) {
            for (int i = 0; i < 4; i++) {
                trial.iterate(OptionalDouble.of(trial.number == 1 ? Double.NaN : trial.number));
            }
            tuner.arrive(trial);
        }
        assertThat(of(tuner.decisions, "t00001").reason()).contains("not ranked this time");
        assertThat(of(tuner.decisions, "t00003").reason()).startsWith("rank 1 of 3");
    }

    // Trap 9: everything paused for ever after a crash, or with a burn-in.
    @Test
    void releasesTheOthersWhenATrialEnds() {
        FakeTuner tuner = new FakeTuner(pbt().build(), LR, 4, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        for (int i : new int[] {0, 1, 3}) {
            tuner.step(tuner.trials.get(i), 100);
        }
        assertThat(tuner.decisions).isEmpty();
        assertThat(tuner.end(tuner.trials.get(2))).hasSize(3);
        assertThat(tuner.decisions.get(0).reason()).isEqualTo("rank 1 of 3 by episode_reward_mean (3.0)");
        assertThat(tuner.decisions).noneMatch(d -> d.trialId().equals("t00002"));
        tuner.run(100);
        assertThat(tuner.trials).filteredOn(t -> t.number != 2).allMatch(t -> t.iteration == 100);
    }

    @Test
    void neverWaitsForEverWithABurnInOrUnequalSteps() {
        for (double burnIn : new double[] {0, 3, 10, 1000}) {
            for (double[] steps : new double[][] {{1, 1, 1, 1}, {60, 1, 7, 13}, {60, 60, 60, 60}, {5, 5, 5, 5.5}}) {
                FakeTuner tuner =
                        new FakeTuner(pbt().burnInPeriod(burnIn).build(), LR, 4, Mode.MAX, 1, SchedulerContract::noise);
                tuner.trials.forEach(t -> t.stepsPerIteration = steps[t.number]);
                tuner.run(300);
                assertThat(tuner.trials).allMatch(t -> t.time >= 300);
            }
        }
    }

    // Trap 10: values outside their bounds.
    @Test
    void keepsEveryValueInsideItsDomainThroughAThousandPoints() {
        SearchSpace space = SearchSpace.of(Map.of("lambda", uniform(0.9, 1.0), "lr", loguniform(1e-5, 1e-3)));
        FakeTuner tuner = new FakeTuner(
                pbt().resampleProbability(0).perturbationInterval(1).build(), space, 4, Mode.MAX, 1, t -> better(t));
        tuner.run(1000);
        assertThat(tuner.exploits()).hasSizeGreaterThan(900);
        assertThat(tuner.exploits()).allMatch(e -> space.violation(e.explored()) == null);
        assertThat(tuner.exploits()).anyMatch(e -> e.changes().get("lambda").contains("* 1.2, clamped"));
        assertThat(tuner.exploits()).anyMatch(e -> e.changes().get("lambda").contains("* 1.2, stays at its bound"));
    }

    // Trap 11: a minibatch larger than its batch.
    @Test
    void repairsConstraintsAfterEveryMutation() {
        SearchSpace space = SearchSpace.of(
                        Map.of("sgd_minibatch_size", randint(128, 4000), "train_batch_size", randint(1000, 5000)))
                .constraint(Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
        FakeTuner tuner = new FakeTuner(pbt().perturbationInterval(1).build(), space, 4, Mode.MAX, 1, t -> better(t));
        tuner.run(1000);
        assertThat(tuner.exploits())
                .allMatch(e -> e.explored().getLong("sgd_minibatch_size")
                        <= e.explored().getLong("train_batch_size"));
        assertThat(tuner.exploits())
                .anyMatch(e -> e.changes().get("sgd_minibatch_size").contains(", repaired)"));
    }

    @Test
    void repairsOnlyWhatIsMutated() {
        SearchSpace space = SearchSpace.of(
                        Map.of("sgd_minibatch_size", randint(128, 4000), "train_batch_size", randint(1000, 5000)))
                .constraint(Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
        PopulationBasedTraining pbt = pbt().perturbationInterval(1)
                .hyperparamMutations(Map.of("sgd_minibatch_size", randint(128, 4000)))
                .build();
        FakeTuner tuner = new FakeTuner(pbt, space, 4, Mode.MAX, 1, t -> better(t));
        List<Long> sampled = tuner.trials.stream()
                .map(t -> t.config.getLong("train_batch_size"))
                .toList();
        tuner.run(1000);
        assertThat(tuner.exploits()).hasSizeGreaterThan(900);
        assertThat(tuner.exploits()).allMatch(e -> space.violation(e.explored()) == null);
        assertThat(tuner.exploits()).allMatch(e -> sampled.contains(e.explored().getLong("train_batch_size")));
    }

    // Trap 12: whole numbers only ever shrink, and stay at 0.
    @Test
    void letsWholeNumbersGrowAsWellAsShrink() {
        Domain domain = randint(0, 30);
        Pcg64 random = new Pcg64(1);
        // Ray's int(v * 0.8): 10 8 6 4 3 2 1 0, and int(4 * 1.2) is 4 again. Ours leaves every value, both ways.
        assertThat(chain(domain, 10, 0.8, random)).containsExactly(8L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
        assertThat(chain(domain, 0, 1.2, random))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 10L, 12L, 14L, 17L, 20L, 24L, 29L);
        FakeTuner tuner = new FakeTuner(
                pbt().resampleProbability(0).perturbationInterval(1).build(),
                SearchSpace.of(Map.of("num_sgd_iter", randint(1, 5))),
                4,
                Mode.MAX,
                1,
                t -> better(t));
        tuner.run(300);
        assertThat(tuner.exploits().stream()
                        .map(e -> e.explored().getLong("num_sgd_iter"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    // Trap 13: a mutated name that the config does not have.
    @Test
    void samplesTheFirstValueOfANameThatOnlyTheMutationsHave() {
        PopulationBasedTraining pbt = pbt().hyperparamMutations(
                        Map.of("lr", loguniform(1e-5, 1e-3), "clip_param", List.of(0.1, 0.2, 0.3)))
                .build();
        FakeTuner tuner =
                new FakeTuner(pbt, SearchSpace.of(Map.of("lr", 5e-4)), 8, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(tuner.trials).allMatch(t -> t.config.getDouble("lr") == 5e-4);
        assertThat(tuner.trials).allMatch(t -> List.of(0.1, 0.2, 0.3).contains(t.config.get("clip_param")));
        assertThat(tuner.trials.stream().map(t -> t.config.get("clip_param")).distinct())
                .hasSizeGreaterThan(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pbt().hyperparamMutations(Map.of("model", Map.of("width", randint(1, 9)))))
                .withMessageContaining("Nested names cannot be mutated");
    }

    // Traps 14 (the scheduler's part): what is in force is in the decision, complete.
    @Test
    void saysWhichConfigIsInForceAfterwardsAndWhichTheDonorHad() {
        FakeTuner tuner = new FakeTuner(pbt().build(), SchedulerContract.space(), 4, Mode.MAX, 1, t -> better(t));
        HyperParams donor = tuner.trials.get(3).config;
        List<Decision> decisions = tuner.reach(1, 2, 3, 4);
        Decision.Exploit exploit = (Decision.Exploit) of(decisions, "t00000");
        assertThat(exploit.donorConfig()).isEqualTo(donor);
        assertThat(exploit.explored().names()).isEqualTo(donor.names());
        assertThat(exploit.explored().get("gamma")).isEqualTo(0.99);
        assertThat(exploit.changes().keySet())
                .containsExactlyElementsOf(tuner.space.domains().keySet());
    }

    // Traps 15 and 16 (the scheduler's part): time is the trial's own, never the donor's, and never the clock's.
    @Test
    void measuresTheTargetsOwnTimeAfterItCopiedAnother() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pbt().timeAttr("time_total_s"))
                .withMessageContaining("timeAttr is 'time_total_s'")
                .withMessageContaining("by the clock");
        PopulationBasedTraining pbt =
                pbt().timeAttr("timesteps_total").perturbationInterval(10).build();
        FakeTuner tuner = new FakeTuner(pbt, LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        tuner.trials.get(3).stepsPerIteration = 35;
        tuner.trials.get(0).stepsPerIteration = 10;
        List<Decision> first = tuner.reach(1, 2, 3, 4); // t00003 stands at 35 and is copied by t00000 at 10
        assertThat(of(first, "t00000")).isInstanceOf(Decision.Exploit.class);
        assertThat(of(first, "t00003")).isInstanceOf(Decision.Pause.class);
        assertThat(of(first, "t00003").reason()).endsWith("waits until the others reach 35 timesteps_total");
        tuner.reach(1, 2, 3, 4);
        assertThat(tuner.trials.get(0).time).isEqualTo(40); // it ran on from 10, not from 35
        assertThat(tuner.trials.get(0).iteration).isEqualTo(4);
    }

    @Test
    void refusesAnArrivalBeforeTheTime() {
        PopulationBasedTraining pbt = pbt().burnInPeriod(10).build();
        FakeTuner tuner = new FakeTuner(pbt, LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        Scheduler.TrialView trial = tuner.trials.get(0);
        tuner.trials.get(0).iterate(OptionalDouble.of(1));
        org.assertj.core.api.Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> pbt.onArrival(trial))
                .withMessageContaining("arrived at 1 training_iteration, before 10");
    }

    private static OptionalDouble better(FakeTrial trial) {
        // A changing order without ties, so that everyone is copied now and then.
        return OptionalDouble.of((trial.number * 7 + trial.iteration * 3) % 11);
    }

    private static List<Long> chain(Domain domain, long start, double factor, Pcg64 random) {
        List<Long> values = new java.util.ArrayList<>();
        Domain.Move move = domain.perturb(start, factor, random);
        while (!move.how().contains("stays")) {
            values.add((Long) move.value());
            move = domain.perturb(move.value(), factor, random);
        }
        return values;
    }

    private static Decision of(List<Decision> decisions, String trial) {
        return decisions.stream()
                .filter(d -> d.trialId().equals(trial))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static PbtBuilder pbt() {
        return PopulationBasedTraining.builder();
    }
}
