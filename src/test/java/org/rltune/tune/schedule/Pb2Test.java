package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.schedule.AshaStoppingTest.X;
import static org.rltune.tune.schedule.AshaStoppingTest.refuses;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.conditional;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.SearchSpace;

class Pb2Test extends WaitingSchedulerContract {
    @Override
    protected Scheduler scheduler() {
        return Pb2.builder().perturbationInterval(80).build();
    }

    /** Scores grow fastest where lr is 1e-2, in logarithms. What is explored must come to lie there. */
    @Test
    void exploresWhereScoresGrowFastest() {
        SearchSpace space = SearchSpace.of(Map.of("lr", loguniform(1e-4, 1)));
        double modelled = 0;
        double drawn = 0;
        int seeds = 4;
        for (int seed = 0; seed < seeds; seed++) {
            List<Decision.Exploit> exploits =
                    growing(Pb2.builder().build(), space, seed).exploits();
            modelled += distance(exploits.subList(exploits.size() / 2, exploits.size())) / seeds;
            PopulationBasedTraining random =
                    PopulationBasedTraining.builder().resampleProbability(1).build();
            drawn += distance(growing(random, space, seed).exploits()) / seeds;
            assertThat(exploits.get(exploits.size() - 1).changes().get("lr")).contains(" --- (GP-UCB) --> ");
        }
        // In decades from the best. Drawn evenly over -4 to 0 it is 1 on average.
        assertThat(drawn).isBetween(0.8, 1.2);
        assertThat(modelled).isLessThan(0.6);
    }

    private static FakeTuner growing(Scheduler scheduler, SearchSpace space, int seed) {
        Map<Integer, Double> heights = new LinkedHashMap<>();
        FakeTuner tuner = new FakeTuner(scheduler, space, 8, Mode.MAX, seed, trial -> {
            double growth = Math.exp(-Math.pow(Math.log10(trial.config.getDouble("lr")) + 2, 2));
            return OptionalDouble.of(heights.merge(trial.number, growth, Double::sum));
        });
        // A copy goes on from its donor's height.
        int[] seen = {0};
        tuner.beforeStep = () -> {
            for (Decision decision : tuner.decisions.subList(seen[0], tuner.decisions.size())) {
                if (decision instanceof Decision.Exploit exploit) {
                    heights.put(
                            tuner.trial(exploit.trialId()).number,
                            exploit.donor().score().orElseThrow());
                }
            }
            seen[0] = tuner.decisions.size();
        };
        return tuner.run(60);
    }

    private static double distance(List<Decision.Exploit> exploits) {
        return exploits.stream()
                .mapToDouble(e -> Math.abs(Math.log10(e.explored().getDouble("lr")) + 2))
                .average()
                .orElseThrow();
    }

    @Test
    void keepsOptionsOrDrawsThemAnewAsOftenAsItWasTold() {
        SearchSpace space = SearchSpace.of(Map.of("x", uniform(0, 1), "layer", choice("a", "b", "c", "d")));
        int kept = 0;
        int all = 0;
        for (int seed = 0; seed < 100; seed++) {
            FakeTuner tuner =
                    new FakeTuner(Pb2.builder().build(), space, 4, Mode.MAX, seed, t -> OptionalDouble.empty());
            tuner.reach(1, 2, 3, 4);
            Decision.Exploit exploit = tuner.exploits().get(0);
            assertThat(exploit.explored().get("layer")).isIn("a", "b", "c", "d");
            boolean same = exploit.changes().get("layer").contains("(kept)");
            if (same) {
                assertThat(exploit.explored().get("layer"))
                        .isEqualTo(exploit.donorConfig().get("layer"));
            }
            kept += same ? 1 : 0;
            all++;
        }
        assertThat(kept).isBetween(75 - 17, 75 + 17); // binomial(100, 3/4): 4 deviations of 4.3
        assertThat(all).isEqualTo(100);
    }

    @Test
    void takesBoundsAsPairsOrDomains() {
        Map<String, Object> bounds = new LinkedHashMap<>();
        bounds.put("lr", loguniform(1e-5, 1e-3));
        bounds.put("clip_param", List.of(0.1, 0.5));
        bounds.put("num_sgd_iter", List.of(1, 30));
        Pb2 pb2 = Pb2.builder().hyperparamBounds(bounds).build();
        assertThat(pb2.mutations(X))
                .isEqualTo(Map.of(
                        "lr", loguniform(1e-5, 1e-3), "clip_param", uniform(0.1, 0.5), "num_sgd_iter", randint(1, 31)));
        FakeTuner tuner =
                new FakeTuner(pb2, SearchSpace.of(Map.of("gamma", 0.99)), 4, Mode.MIN, 1, t -> OptionalDouble.empty());
        tuner.reach(1, 2, 3, 4);
        assertThat(tuner.exploits().get(0).explored().names())
                .containsExactlyInAnyOrder("gamma", "lr", "clip_param", "num_sgd_iter");
        assertThat(tuner.exploits().get(0).explored().get("num_sgd_iter")).isInstanceOf(Long.class);
        assertThat(pb2.exceptionsToReproducibility()).singleElement().asString().contains("one machine");
        assertThat(pb2.settings())
                .containsEntry("resample_probability", 0.25)
                .containsEntry("perturbation_interval", 4.0);
    }

    /** A model that only has the pending points to tell them apart must not send all copies to one place. */
    @Test
    void sendsCopiesOfOnePointToDifferentPlaces() {
        FakeTuner tuner = growing(
                Pb2.builder().quantileFraction(0.5).perturbationInterval(12).build(),
                SearchSpace.of(Map.of("lr", loguniform(1e-4, 1))),
                3);
        Map<Integer, List<Double>> byPoint = tuner.exploits().stream()
                .collect(Collectors.groupingBy(
                        e -> e.donor().trainingIteration(),
                        Collectors.mapping(e -> e.explored().getDouble("lr"), Collectors.toList())));
        assertThat(byPoint).hasSizeGreaterThan(2);
        byPoint.values().forEach(values -> assertThat(new TreeSet<>(values)).hasSameSizeAs(values));
    }

    @Test
    void exploresWhereOptionsBringHyperparametersOfTheirOwn() {
        SearchSpace space = SearchSpace.of(Map.of(
                "lr", loguniform(1e-4, 1),
                "optimizer",
                        conditional(Map.of(
                                "sgd",
                                Map.of("momentum", uniform(0, 1)),
                                "adam",
                                Map.of("beta", uniform(0.8, 0.999))))));
        for (Scheduler scheduler : List.of(
                Pb2.builder().build(),
                PopulationBasedTraining.builder().synch(false).build())) {
            FakeTuner tuner = new FakeTuner(scheduler, space, 8, Mode.MAX, 4, SchedulerContract::noise).run(60);
            assertThat(tuner.exploits()).hasSizeGreaterThan(10).allMatch(e -> space.violation(e.explored()) == null);
            assertThat(tuner.exploits())
                    .anyMatch(e -> !e.explored().names().equals(e.donorConfig().names()));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        refuses(
                () -> Pb2.builder().hyperparamBounds(Map.of("lr", List.of(1e-3, 1e-5))),
                "lr=[0.001, 1.0E-5]",
                "Maybe [1.0E-5, 0.001]?");
        refuses(() -> Pb2.builder().hyperparamBounds(Map.of("lr", List.of(1, 1))), "lower bound must come first");
        refuses(() -> Pb2.builder().hyperparamBounds(Map.of("lr", List.of(1, 2, 3))), "neither a domain nor a list");
        refuses(() -> Pb2.builder().hyperparamBounds(Map.of("lr", List.of("a", "b"))), "neither a domain nor a list");
        refuses(() -> Pb2.builder().resampleProbability(2), "resampleProbability is 2.0");
        refuses(() -> Pb2.builder().timeAttr("timesteps_total").build(), "perturbationInterval is not set");
        SearchSpace options = SearchSpace.of(Map.of("layer", choice("a", "b")));
        refuses(
                () -> new FakeTuner(Pb2.builder().build(), options, 4, Mode.MAX, 1, t -> OptionalDouble.empty()),
                "Pb2 has nothing to model: none of [layer] is a number");
    }
}
