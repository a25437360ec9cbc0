package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.random.Seeds;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Shares of variance against functions whose shares are known in closed form. */
@Timeout(60)
class ImportanceTest {
    private static final Seeds SEEDS = Seeds.of(11);

    /** A forest of trees of steps cannot be exact; with 800 samples it is near. */
    private static final double NEAR = 0.06;

    private static Importance of(Map<String, ?> config, int trials, ToDoubleFunction<HyperParams> f) {
        SearchSpace space = SearchSpace.of(new LinkedHashMap<>(config));
        List<HyperParams> configs = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            HyperParams sampled = space.sample(SEEDS, i);
            configs.add(sampled);
            scores.add(f.applyAsDouble(sampled));
        }
        return Importance.of(configs, scores, SEEDS);
    }

    /** Var[3 a] : Var[b] = 9 : 1 for uniform a and b; c explains nothing. */
    @Test
    void sharesTheVarianceOfASumByTheSquaresOfItsFactors() {
        Importance found = of(
                Map.of("a", Domain.uniform(0, 1), "b", Domain.uniform(0, 1), "c", Domain.uniform(0, 1), "d", 7),
                800,
                x -> 3 * x.getDouble("a") + x.getDouble("b"));
        assertThat(found.shares().keySet()).containsExactly("a", "b", "c");
        assertThat(found.shares().get("a")).isCloseTo(0.9, within(NEAR));
        assertThat(found.shares().get("b")).isCloseTo(0.1, within(NEAR));
        assertThat(found.shares().get("c")).isLessThan(0.01);
        assertThat(found.interactions()).isLessThan(NEAR);
        assertThat(found.trials()).isEqualTo(800);
    }

    /** E[a b | a] = 0 for b around 0: neither explains anything alone. */
    @Test
    void findsThatAProductIsAllInteraction() {
        Importance found = of(
                Map.of("a", Domain.uniform(-1, 1), "b", Domain.uniform(-1, 1)),
                800,
                x -> Math.signum(x.getDouble("a")) * Math.signum(x.getDouble("b")) + 1e-3 * x.getDouble("a"));
        assertThat(found.interactions()).isGreaterThan(0.85);
    }

    /** Two options differ by 2 (variance 1), the number adds u with variance 1/12 * 4 * 3 = 1. */
    @Test
    void countsOptionsAndLogarithmsLikeNumbers() {
        Importance found = of(
                Map.of("kind", Domain.choice("plus", "minus", "zero", "none"), "lr", Domain.loguniform(1e-4, 1)),
                800,
                x -> (x.getString("kind").matches("plus|zero") ? 1 : -1)
                        + Math.sqrt(12) * Math.log10(x.getDouble("lr")) / 4);
        assertThat(found.shares().get("kind")).isCloseTo(0.5, within(NEAR));
        assertThat(found.shares().get("lr")).isCloseTo(0.5, within(NEAR));
    }

    @Test
    void dependsOnNeitherTheScaleNorTheUnitOfTheScore() {
        Map<String, Domain> space = Map.of("a", Domain.uniform(0, 1), "b", Domain.randint(0, 4));
        ToDoubleFunction<HyperParams> f = x -> x.getDouble("a") + x.getLong("b");
        Importance plain = of(space, 200, f);
        Importance changed = of(space, 200, x -> -1024 * f.applyAsDouble(x));
        plain.shares()
                .forEach((name, share) -> assertThat(changed.shares().get(name)).isCloseTo(share, within(1e-6)));
    }

    @Test
    void givesTheSameSharesForTheSameSeed() {
        Map<String, Domain> space = Map.of("a", Domain.uniform(0, 1), "b", Domain.uniform(0, 1));
        ToDoubleFunction<HyperParams> f = x -> x.getDouble("a") * x.getDouble("b");
        assertThat(of(space, 60, f)).isEqualTo(of(space, 60, f));
    }

    /** A hyperparameter that only one option brings: absent elsewhere, and a value of its own there. */
    @Test
    void takesAbsentValuesForAValueOfTheirOwn() {
        List<HyperParams> configs = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double m = SEEDS.stream("m", i).nextDouble();
            configs.add(
                    i % 2 == 0 ? HyperParams.of(Map.of("opt", "sgd", "m", m)) : HyperParams.of(Map.of("opt", "adam")));
            scores.add(i % 2 == 0 ? 0.1 * m : 5);
        }
        Importance found = Importance.of(configs, scores, SEEDS);
        assertThat(found.shares().keySet()).containsExactlyInAnyOrder("opt", "m");
        assertThat(found.shares().values().stream().mapToDouble(x -> x).sum()).isLessThanOrEqualTo(1 + 1e-9);
    }

    @Test
    void readsARunFromItsFiles(@TempDir Path storage) {
        ExperimentAnalysis live = Runs.run(
                storage,
                Trainables.objective("f", "score", x -> 4 * x.getDouble("lr") + x.getDouble("other")),
                run -> run.numSamples(150).config(Map.of("lr", Domain.uniform(0, 1), "other", Domain.uniform(0, 1))));
        Importance found = Importance.of(ExperimentAnalysis.load(live.folder()));
        assertThat(found).isEqualTo(Importance.of(live));
        assertThat(found.shares().get("lr")).isCloseTo(16.0 / 17, within(0.1));
        assertThat(found.table().column("hyperparameter")).containsExactly("lr", "other", "(interactions)");
    }

    @Test
    void refusesWhatCannotBeTold() {
        Map<String, Domain> space = Map.of("a", Domain.uniform(0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(space, 7, x -> x.getDouble("a")))
                .withMessageContainingAll("7", "at least 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(space, 20, x -> 3))
                .withMessageContainingAll("All 20 scores are 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("a", 1), 20, new ToDoubleFunction<>() {
                    private int i;

                    @Override
                    public double applyAsDouble(HyperParams x) {
                        return i++;
                    }
                }))
                .withMessageContaining("configs are equal");
    }
}
