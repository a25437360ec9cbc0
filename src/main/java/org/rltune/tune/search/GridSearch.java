package org.rltune.tune.search;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.Choice;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;
import org.rltune.tune.space.UnitScale;

/**
 * Cuts every domain of the space into so many steps and goes through all combinations, as {@link BasicVariantGenerator}
 * does with grids.
 *
 * <p>Steps are even in the domain's own scale: three of {@code loguniform(1e-5, 1e-3)} are 1e-5, 1e-4 and 1e-3. The first
 * and the last step are the bounds of the domain; one step is its middle. A domain without bounds, such as {@code randn},
 * has the middles of so many parts of the same probability instead. A domain that has fewer values than steps has a step
 * for each value; of a {@code choice} or a {@code grid} all options are tried, and {@code sampleFrom} follows from the
 * others. What exists only beside a certain option of another ({@code conditional}) is drawn at random.
 */
public final class GridSearch implements Searcher {
    private final int steps;
    private final Map<String, Integer> stepsOf;
    private final BasicVariantGenerator generator = new BasicVariantGenerator();

    /** Makes one that cuts each domain into {@code steps}, at least 1. */
    public GridSearch(int steps) {
        this(steps, Map.of());
    }

    private GridSearch(int steps, Map<String, Integer> stepsOf) {
        this.steps = Check.positive("steps", steps);
        this.stepsOf = stepsOf;
    }

    /** Returns one that cuts a hyperparameter into another number of steps, at least 1. */
    public GridSearch steps(String name, int steps) {
        Map<String, Integer> more = new LinkedHashMap<>(stepsOf);
        more.put(name, Check.positive("steps of " + name, steps));
        return new GridSearch(this.steps, more);
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("steps", steps);
        settings.put("steps_of", stepsOf);
        return settings;
    }

    /** Returns the space with a grid in the place of every domain that can be cut. */
    private SearchSpace cut(SearchSpace space) {
        for (String name : stepsOf.keySet()) {
            if (!(space.domains().get(name) instanceof UnitScale)) {
                Set<String> cuttable = new LinkedHashSet<>(space.domains().keySet());
                cuttable.removeIf(one -> !(space.domains().get(one) instanceof UnitScale));
                throw new IllegalArgumentException("steps are set for " + name + ", which is no numeric domain of the"
                        + " search space. Those are: " + String.join(", ", cuttable) + "."
                        + Suggest.nearest(name, cuttable));
            }
        }
        SearchSpace cut = space;
        for (Map.Entry<String, Domain> entry : space.domains().entrySet()) {
            Domain domain = entry.getValue();
            if (space.conditions().containsKey(entry.getKey())) {
                continue;
            }
            if (domain instanceof Choice choice) {
                cut = cut.with(entry.getKey(), Domain.grid(choice.options()));
            } else if (domain instanceof UnitScale scale) {
                int number = stepsOf.getOrDefault(entry.getKey(), steps);
                cut = cut.with(entry.getKey(), Domain.grid(values(domain, scale, number)));
            }
        }
        return cut;
    }

    private static List<Object> values(Domain domain, UnitScale scale, int steps) {
        List<Object> ends = domain.extremes();
        boolean bounded = ends.contains(scale.fromUnit(0)) && ends.contains(scale.fromUnit(1));
        Set<Object> values = new LinkedHashSet<>();
        for (int i = 0; i < steps; i++) {
            double unit = bounded && steps > 1 ? (double) i / (steps - 1) : (i + 0.5) / steps;
            values.add(scale.fromUnit(unit));
        }
        return List.copyOf(values);
    }

    @Override
    public int totalTrials(SearchSpace space, int numSamples) {
        return generator.totalTrials(cut(space), numSamples);
    }

    @Override
    public void begin(Setup setup) {
        generator.begin(
                new Setup(setup.metric(), setup.mode(), cut(setup.space()), setup.seeds(), setup.totalTrials()));
    }

    @Override
    public List<String> preflight() {
        return generator.preflight();
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        return generator.suggest(trialNumber);
    }

    @Override
    public String summary() {
        return generator.summary().replace("BasicVariantGenerator", "GridSearch");
    }

    @Override
    public Map<String, Object> save() {
        return generator.save();
    }

    @Override
    public void restore(Map<String, Object> state) {
        generator.restore(state);
    }
}
