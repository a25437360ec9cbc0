package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.sampleFrom;
import static org.rltune.tune.space.Domain.uniform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.random.Seeds;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

class PopulationBasedTrainingTest extends WaitingSchedulerContract {
    private static final SearchSpace LR = SearchSpace.of(Map.of("lr", loguniform(1e-5, 1e-3)));

    @Override
    protected Scheduler scheduler() {
        return PopulationBasedTraining.builder().build();
    }

    @Test
    void copiesAndExploresInTheRunsOfTheContract() {
        FakeTuner tuner = run(scheduler(), Mode.MAX, 1, SchedulerContract::noise);
        assertThat(tuner.exploits()).hasSizeGreaterThan(150);
        assertThat(tuner.scheduler.summary())
                .isEqualTo(
                        "PopulationBasedTraining: " + tuner.exploits().size() + " exploits at 99 perturbation points");
    }

    /** Digests of all decisions with their reasons, taken before there was any rule but truncation. They must not move. */
    @ParameterizedTest
    @CsvSource({
        "1, MAX, e87b4869257182535dc1ce1b0da618c6dea6bcdba93900cf103be5f9b3915cdc",
        "2, MIN, 31113756431aaf1e38b174e956e4c70c7bd3d1eb070588132c133da39cf7e7c2",
        "3, MAX, 646ae8c5446d7cdb1fbf84997a04cfe507b3f483b6f92c7e2980ac4988c43083"
    })
    void decidesAsItDidBeforeThereWereOtherRules(long seed, Mode mode, String sha) throws NoSuchAlgorithmException {
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .quantileFraction(0.3)
                .burnInPeriod(6)
                .build();
        FakeTuner tuner = new FakeTuner(pbt, space(), 8, mode, seed, SchedulerContract::noise).run(200);
        byte[] text = String.join("\n", texts(tuner.decisions)).getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)))
                .isEqualTo(sha);
    }

    /** The table of reference/ray.md, 1.3. */
    @ParameterizedTest
    @CsvSource({
        "0.25, 2, 1",
        "0.25, 3, 1",
        "0.25, 4, 1",
        "0.25, 5, 2",
        "0.25, 6, 2",
        "0.25, 7, 2",
        "0.25, 8, 2",
        "0.25, 10, 3",
        "0.25, 16, 4",
        "0.25, 20, 5",
        "0.25, 32, 8",
        "0.5, 2, 1",
        "0.5, 3, 1",
        "0.5, 4, 2",
        "0.5, 5, 2",
        "0.5, 6, 3",
        "0.5, 8, 4",
        "0.125, 2, 1",
        "0.125, 8, 1",
        "0.125, 16, 2",
        "0.125, 32, 4",
        "0, 2, 0",
        "0, 8, 0",
        "0.25, 1, 0",
        "0.25, 0, 0",
        // In doubles 100 * 0.07 is 7.000000000000001, of which the ceiling is 8.
        "0.07, 100, 7",
        "0.14, 50, 7",
        "0.28, 25, 7"
    })
    void givesTheQuantileSizesOfTheGoldenTable(double fraction, int population, int size) {
        assertThat(Quantiles.size(population, fraction)).isEqualTo(size);
    }

    @Test
    void replacesTheBottomByTheTopAndLetsTheMiddleGoOn() {
        FakeTuner tuner = FakeTuner.tuner(scheduler(), space(), Mode.MAX, 10, 20, 30, 40, 50, 60, 70, 80);
        assertThat(tuner.decisions.stream().map(Decision::trialId))
                .containsExactly("t00006", "t00007", "t00002", "t00003", "t00004", "t00005", "t00000", "t00001");
        assertThat(tuner.exploits().stream().map(Decision::trialId)).containsExactly("t00000", "t00001");
        assertThat(tuner.exploits())
                .allMatch(e -> List.of("t00006", "t00007").contains(e.donor().trialId()));
        assertThat(tuner.decisions.get(1).reason()).isEqualTo("rank 1 of 8 by episode_reward_mean (80.0)");
    }

    @Test
    void givesTheNumbersOnWhichItRestsAsTheReason() {
        SearchSpace space = SearchSpace.of(Map.of("clip_param", uniform(0, 1e9), "num_sgd_iter", randint(1, 1000)));
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .resampleProbability(0)
                .perturbationFactors(1.2)
                .build();
        FakeTuner tuner = new FakeTuner(pbt, space, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        tuner.trials.get(3).config = HyperParams.of(Map.of("clip_param", 3.0, "num_sgd_iter", 10));
        tuner.reach(12.4, 20, 30, 480);
        assertThat(tuner.exploits().get(0).reason())
                .isEqualTo("rank 4 of 4 by episode_reward_mean (12.4); copies t00003 (rank 1, 480.0);"
                        + " clip_param 3.0 --- (* 1.2) --> 1000000.0, num_sgd_iter 10 --- (* 1.2) --> 12");
    }

    @Test
    void picksEveryDonorOfTheTopAsOften() {
        int[] counts = new int[8];
        for (int seed = 0; seed < 1000; seed++) {
            FakeTuner tuner = new FakeTuner(scheduler(), LR, 8, Mode.MAX, seed, t -> OptionalDouble.empty());
            tuner.reach(1, 2, 3, 4, 5, 6, 7, 8);
            tuner.exploits().forEach(e -> counts[tuner.trial(e.donor().trialId()).number]++);
        }
        assertThat(counts[6] + counts[7]).isEqualTo(2000);
        // Binomial(2000, 1/2): 3.9 standard deviations of 22.4, false alarm 1e-4.
        assertThat(counts[6]).isBetween(1000 - 88, 1000 + 88);
    }

    @Test
    void resamplesAndPicksFactorsAsOftenAsItWasTold() {
        SearchSpace space = SearchSpace.of(Map.of("x", uniform(0.0, 1e12)));
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .resampleProbability(0.25)
                .perturbationFactors(1.2, 0.8)
                .build();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int seed = 0; seed < 2000; seed++) {
            FakeTuner tuner = new FakeTuner(pbt, space, 8, Mode.MAX, seed, t -> OptionalDouble.empty());
            tuner.trials.forEach(t -> t.config = t.config.with("x", 5e11));
            tuner.reach(1, 2, 3, 4, 5, 6, 7, 8);
            for (Decision.Exploit exploit : tuner.exploits()) {
                double factor = exploit.explored().getDouble("x") / 5e11;
                String how = factor == 1.2 ? "* 1.2" : factor == 0.8 ? "* 0.8" : "resample";
                assertThat(exploit.changes().get("x")).contains("(" + how + ")");
                counts.merge(how, 1, Integer::sum);
            }
        }
        // Of 4000, each within 3.9 standard deviations (27.4 and 30.6), false alarm 1e-4 each.
        assertThat(counts.get("resample")).isBetween(1000 - 107, 1000 + 107);
        assertThat(counts.get("* 1.2")).isBetween(1500 - 120, 1500 + 120);
        assertThat(counts.get("* 0.8")).isBetween(1500 - 120, 1500 + 120);
    }

    @Test
    void movesOptionsToNeighboursOnlyAndReplacesForeignOnes() {
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .resampleProbability(0)
                .hyperparamMutations(Map.of("lr", List.of(1e-3, 5e-4, 1e-4, 5e-5)))
                .build();
        List<String> seen = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            FakeTuner tuner = new FakeTuner(pbt, LR, 4, Mode.MAX, seed, t -> OptionalDouble.empty());
            double[] starts = {1e-3, 5e-4, 5e-5, 7e-4};
            tuner.trials.get(3).config = HyperParams.of(Map.of("lr", starts[seed % 4]));
            tuner.reach(1, 2, 3, 4);
            seen.add(tuner.exploits().get(0).changes().get("lr"));
        }
        assertThat(seen)
                .contains("0.001 --- (shift left, stays at its end) --> 0.001")
                .contains("0.001 --- (shift right) --> 5.0E-4")
                .contains("5.0E-4 --- (shift left) --> 0.001")
                .contains("5.0E-4 --- (shift right) --> 1.0E-4")
                .contains("5.0E-5 --- (shift left) --> 1.0E-4")
                .contains("5.0E-5 --- (shift right, stays at its end) --> 5.0E-5")
                .allMatch(change -> !change.startsWith("7.0E-4") || change.contains("(resample)"));
    }

    @Test
    void computesSampleFromAnewAndNeverMultipliesIt() {
        SearchSpace space = SearchSpace.of(Map.of(
                "train_batch_size", randint(1000, 60000),
                "sgd_minibatch_size", sampleFrom(p -> p.getLong("train_batch_size") / 8)));
        FakeTuner tuner = new FakeTuner(scheduler(), space, 8, Mode.MAX, 1, SchedulerContract::noise).run(200);
        assertThat(tuner.exploits()).hasSizeGreaterThan(50);
        assertThat(tuner.exploits())
                .allMatch(e -> e.explored().getLong("sgd_minibatch_size")
                        == e.explored().getLong("train_batch_size") / 8)
                .allMatch(e -> e.changes().get("sgd_minibatch_size").contains("(resample)"));
    }

    @Test
    void keepsTheSpaceAfterACustomExploreFunction() {
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .customExploreFn(p -> p.with("lambda", 7.0)
                        .with("sgd_minibatch_size", 1_000_000_000L)
                        .with("gamma", 0.5))
                .build();
        FakeTuner tuner = new FakeTuner(pbt, space(), 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        tuner.reach(1, 2, 3, 4);
        Decision.Exploit exploit = tuner.exploits().get(0);
        assertThat(tuner.space.violation(exploit.explored())).isNull();
        assertThat(exploit.explored().getDouble("lambda")).isEqualTo(1.0);
        assertThat(exploit.explored().getDouble("gamma")).isEqualTo(0.5);
        assertThat(exploit.explored().names()).isEqualTo(tuner.space.names());
        assertThat(exploit.changes().get("lambda")).contains("custom explore, repaired");
        assertThat(exploit.changes().get("gamma")).isEqualTo("0.99 --- (custom explore) --> 0.5");
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    void refusesWhatACustomExploreFunctionMustNotReturn() {
        refuses(() -> explore(p -> null), "customExploreFn returned null", "Return what it was given");
        refuses(() -> explore(p -> p.with("lrr", 1)), "customExploreFn was given", "must keep the names");
        refuses(() -> explore(p -> HyperParams.empty()), "must keep the names");
    }

    @Test
    void perturbsNothingBeforeTheBurnInEnds() {
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .perturbationInterval(4)
                .burnInPeriod(10)
                .build();
        FakeTuner tuner = new FakeTuner(pbt, LR, 4, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        tuner.reach(1, 2, 3, 4);
        assertThat(tuner.trials).allMatch(t -> t.iteration == 10);
        tuner.reach(1, 2, 3, 4);
        assertThat(tuner.trials).allMatch(t -> t.iteration == 14);
        PopulationBasedTraining early = PopulationBasedTraining.builder()
                .perturbationInterval(4)
                .burnInPeriod(3)
                .build();
        FakeTuner other = new FakeTuner(early, LR, 4, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        other.reach(1, 2, 3, 4);
        assertThat(other.trials).allMatch(t -> t.iteration == 4);
    }

    @Test
    void comparesTrialsAtEqualTimestepsWhateverTheirBatches() {
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .timeAttr("timesteps_total")
                .perturbationInterval(4000)
                .build();
        FakeTuner tuner = new FakeTuner(pbt, LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        double[] batches = {1000, 2000, 500, 60000};
        tuner.trials.forEach(t -> t.stepsPerIteration = batches[t.number]);
        tuner.reach(1, 2, 3, 4);
        assertThat(tuner.trials.stream().map(t -> t.time)).containsExactly(4000.0, 4000.0, 4000.0, 60000.0);
        // The one that is ahead waits; the others run as far as it stands.
        tuner.reach(2, 1, 3, 4);
        assertThat(tuner.trials.stream().map(t -> t.time)).containsExactly(60000.0, 60000.0, 60000.0, 60000.0);
        tuner.reach(2, 1, 3, 4);
        assertThat(tuner.trials.stream().map(t -> t.time)).containsExactly(64000.0, 64000.0, 64000.0, 120000.0);
    }

    @Test
    void goesOnWithoutADeadlockWhereAllStandBeyondTheNextPoint() {
        PopulationBasedTraining pbt = PopulationBasedTraining.builder()
                .timeAttr("timesteps_total")
                .perturbationInterval(4000)
                .build();
        FakeTuner tuner = new FakeTuner(pbt, LR, 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        tuner.trials.forEach(t -> t.stepsPerIteration = 60000);
        assertThat(tuner.reach(1, 2, 3, 4)).noneMatch(Decision.Pause.class::isInstance);
        tuner.reach(1, 2, 3, 4);
        assertThat(tuner.trials).allMatch(t -> t.time == 120000);
    }

    @Test
    void waitsUntilAllTrialsHaveBeenAdded() {
        PopulationBasedTraining pbt = PopulationBasedTraining.builder().build();
        pbt.begin(new Scheduler.Setup("m", Mode.MAX, LR, Seeds.of(1), 2));
        FakeTrial first = new FakeTrial(0, LR.sample(Seeds.of(1), 0));
        pbt.onTrialAdd(first);
        first.time = 4;
        first.snapshot();
        assertThat(pbt.onArrival(first)).isEmpty();
        FakeTrial second = new FakeTrial(1, LR.sample(Seeds.of(1), 1));
        pbt.onTrialAdd(second);
        second.time = 4;
        second.snapshot();
        assertThat(pbt.onArrival(second)).hasSize(2);
    }

    @Test
    void mutatesEveryDomainByDefaultOrOnlyTheNamedOnes() {
        assertThat(PopulationBasedTraining.builder().build().mutations(space())).isEqualTo(space().domains());
        PopulationBasedTraining subset = PopulationBasedTraining.builder()
                .hyperparamMutations(Map.of("lr", choice(1e-3, 1e-4)))
                .build();
        FakeTuner tuner = new FakeTuner(subset, space(), 4, Mode.MAX, 1, t -> OptionalDouble.empty());
        tuner.reach(1, 2, 3, 4);
        Decision.Exploit exploit = tuner.exploits().get(0);
        assertThat(exploit.changes()).containsOnlyKeys("lr");
        assertThat(exploit.explored().with("lr", 0))
                .isEqualTo(exploit.donorConfig().with("lr", 0));
        assertThat(exploit.explored().get("lr")).isIn(1e-3, 1e-4);
    }

    @Test
    void refusesSettingsThatDoNotFit() {
        PbtBuilder b = PopulationBasedTraining.builder();
        refuses(() -> b.quantileFraction(0.51), "quantileFraction is 0.51", "[0.0, 0.5]");
        refuses(() -> b.quantileFraction(-0.1), "quantileFraction is -0.1");
        refuses(() -> b.resampleProbability(1.1), "resampleProbability is 1.1");
        refuses(() -> b.perturbationInterval(0), "perturbationInterval is 0.0");
        refuses(() -> b.burnInPeriod(-1), "burnInPeriod is -1.0");
        refuses(() -> b.perturbationFactors(), "perturbationFactors() is empty");
        refuses(() -> b.perturbationFactors(1.2, -0.8), "perturbationFactors is -0.8");
        refuses(() -> b.perturbationFactors(1.2, 1.0), "which changes nothing");
        refuses(() -> b.timeAttr("training_iterations"), "Maybe 'training_iteration'?");
        refuses(() -> b.hyperparamMutations(Map.of("lr", 0.1)), "lr=0.1", "neither a domain nor a list");
        refuses(
                () -> PopulationBasedTraining.builder()
                        .timeAttr("timesteps_total")
                        .build(),
                "perturbationInterval");
    }

    @Test
    void refusesARunThatDoesNotFit() {
        SearchSpace constants = SearchSpace.of(Map.of("lr", 1e-3));
        refuses(() -> begin(PopulationBasedTraining.builder(), constants, "m", Mode.MAX), "nothing to explore");
        refuses(() -> begin(PopulationBasedTraining.builder(), LR, " ", Mode.MAX), "needs a metric");
        refuses(
                () -> begin(PopulationBasedTraining.builder().metric("a"), LR, "b", Mode.MAX),
                "metric is 'a' in the scheduler and 'b' in the run");
        refuses(
                () -> begin(PopulationBasedTraining.builder().mode(Mode.MIN), LR, "b", Mode.MAX),
                "mode is MIN in the scheduler and MAX in the run");
        PopulationBasedTraining same =
                begin(PopulationBasedTraining.builder().metric("b").mode(Mode.MIN), LR, "b", Mode.MIN);
        assertThat(same.metric()).hasValue("b");
        assertThat(same.mode()).hasValue(Mode.MIN);
        SearchSpace batches = SearchSpace.of(Map.of("sgd_minibatch_size", randint(128, 4000), "train_batch_size", 4000))
                .constraint(org.rltune.tune.space.Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
        refuses(
                () -> begin(
                        PopulationBasedTraining.builder()
                                .hyperparamMutations(Map.of("sgd_minibatch_size", randint(5000, 6000))),
                        batches,
                        "m",
                        Mode.MAX),
                "sgd_minibatch_size <= train_batch_size cannot hold");
    }

    @Test
    void writesItsSettingsUnderTheirFamiliarNames() {
        assertThat(org.rltune.json.Json.write(PopulationBasedTraining.builder()
                        .burnInPeriod(8)
                        .build()
                        .settings()))
                .isEqualTo("{\"perturbation_interval\":4.0,\"burn_in_period\":8.0,\"quantile_fraction\":0.25,"
                        + "\"synch\":true,\"exploit\":{\"rule\":\"truncation\"},\"score_window\":1,"
                        + "\"custom_explore_fn\":false,\"resample_probability\":0.25,"
                        + "\"perturbation_factors\":[1.2,0.8],\"mutation_probability\":1.0}");
    }

    @Test
    void refusesAStateOfOtherTrials() {
        FakeTuner four = FakeTuner.tuner(scheduler(), LR, Mode.MAX, 1, 2, 3, 4);
        FakeTuner five = FakeTuner.tuner(scheduler(), LR, Mode.MAX, 1, 2, 3, 4, 5);
        refuses(
                () -> {
                    five.scheduler.restore(four.scheduler.save());
                    return 0;
                },
                "The saved state knows the trials");
    }

    /** Every documented setting, once with another value: the decisions must differ from those of the defaults. */
    @Test
    void decidesOtherwiseWhenAnySettingIsChanged() {
        Map<String, UnaryOperator<PbtBuilder>> changes = new LinkedHashMap<>();
        changes.put("timeAttr", b -> b.timeAttr("timesteps_total").perturbationInterval(4));
        changes.put("metric", b -> b.metric("episode_len_mean"));
        changes.put("mode", b -> b.mode(Mode.MIN));
        changes.put("perturbationInterval", b -> b.perturbationInterval(5));
        changes.put("burnInPeriod", b -> b.burnInPeriod(9));
        changes.put("hyperparamMutations", b -> b.hyperparamMutations(Map.of("lr", loguniform(1e-5, 1e-3))));
        changes.put("quantileFraction", b -> b.quantileFraction(0.125));
        changes.put("resampleProbability", b -> b.resampleProbability(0.9));
        changes.put("perturbationFactors", b -> b.perturbationFactors(1.3, 0.8));
        changes.put("mutationProbability", b -> b.mutationProbability(0.5));
        changes.put("synch", b -> b.synch(false));
        changes.put("exploit", b -> b.exploit(ExploitRule.minimumGap(90)));
        changes.put("scoreWindow", b -> b.scoreWindow(4));
        changes.put("customExploreFn", b -> b.customExploreFn(p -> p.with("lr", 5e-4)));
        assertThat(java.util.Arrays.stream(PbtBuilder.class.getMethods())
                        .filter(m -> SchedulerBuilder.class.isAssignableFrom(m.getReturnType()))
                        .map(java.lang.reflect.Method::getName))
                .containsExactlyInAnyOrderElementsOf(changes.keySet());
        List<String> standard = decide(b -> b);
        assertThat(decide(b -> b.perturbationInterval(4))).isEqualTo(standard); // the documented default
        changes.forEach((name, change) ->
                assertThat(decide(change)).as(name).isNotEmpty().isNotEqualTo(standard));
    }

    /** Decides as the tuner would: with the scheduler's own metric and mode where it has them. */
    private static List<String> decide(UnaryOperator<PbtBuilder> change) {
        PopulationBasedTraining pbt =
                change.apply(PopulationBasedTraining.builder()).build();
        Mode mode = pbt.mode().orElse(Mode.MAX);
        boolean otherMetric = pbt.metric().orElse("episode_reward_mean").equals("episode_len_mean");
        String metric = otherMetric ? "episode_len_mean" : "episode_reward_mean";
        boolean steps = pbt.timeAttr().equals("timesteps_total");
        FakeTuner tuner = new FakeTuner(
                pbt,
                space(),
                8,
                mode,
                1,
                metric,
                t -> OptionalDouble.of(otherMetric ? t.number : shifted(t, 0).orElseThrow()));
        tuner.trials.forEach(t -> t.stepsPerIteration = steps ? 100 : 1);
        return withoutReasons(tuner.run(steps ? 4000 : 40).decisions);
    }

    private static Object explore(UnaryOperator<HyperParams> function) {
        return FakeTuner.point(
                PopulationBasedTraining.builder().customExploreFn(function).build(), LR, Mode.MAX, 1, 2, 3, 4);
    }

    private static PopulationBasedTraining begin(PbtBuilder builder, SearchSpace space, String metric, Mode mode) {
        PopulationBasedTraining pbt = builder.build();
        pbt.begin(new Scheduler.Setup(metric, mode, space, Seeds.of(1), 8));
        return pbt;
    }

    private static void refuses(Callable<?> call, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(call::call)
                .satisfies(e -> assertThat(e).hasMessageContainingAll(words));
    }
}
