package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.rltune.random.Seeds;
import org.rltune.tune.space.Choice;
import org.rltune.tune.space.Condition;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.Grid;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;
import org.rltune.tune.space.UnitScale;

/**
 * The searched hyperparameters of a space as coordinates, and points from and to hyperparameters.
 *
 * <p>A point is a {@code double[]} with one coordinate per axis, NaN where the hyperparameter does not exist since its
 * condition does not hold. What has only one value is no axis; {@code sampleFrom} is none either, since it follows from the
 * others.
 */
final class Axes {
    private final SearchSpace space;
    private final List<Axis> axes;

    private Axes(SearchSpace space, List<Axis> axes) {
        this.space = space;
        this.axes = List.copyOf(axes);
    }

    /**
     * Returns the axes of a space, in the order of declaration.
     *
     * @param method names the searcher in errors
     * @throws IllegalArgumentException for a grid, or if there is nothing to search
     */
    static Axes of(SearchSpace space, String method) {
        List<Axis> axes = new ArrayList<>();
        space.domains().forEach((name, domain) -> {
            if (domain instanceof Grid) {
                throw new IllegalArgumentException(
                        name + " is " + domain + ", whose values are all to be tried, but " + method
                                + " chooses which values it tries. Declare it as choice(...), or search with"
                                + " BasicVariantGenerator.");
            }
            axis(name, domain, axes);
        });
        if (axes.isEmpty()) {
            throw new IllegalArgumentException(method + " has nothing to search: the space " + space
                    + " declares no number and no choice with two values or more. Declare one, or leave out the"
                    + " searcher.");
        }
        return new Axes(space, axes);
    }

    /**
     * Returns the axes of a space that exist in every trial; what has a condition is left to chance.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    static Axes always(SearchSpace space, String method) {
        return of(space, method).only(axis -> !space.conditions().containsKey(axis.name()), method, "every trial has");
    }

    /**
     * Returns the axes of a space that are numbers and exist in every trial; what has a condition and choices are left to
     * chance.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    static Axes numbers(SearchSpace space, String method) {
        return always(space, method).only(axis -> !axis.isChoice(), method, "are numbers");
    }

    private Axes only(Predicate<Axis> condition, String method, String what) {
        List<Axis> some = axes.stream().filter(condition).toList();
        if (some.isEmpty()) {
            throw new IllegalArgumentException(method + " searches hyperparameters that " + what + ", but the space "
                    + space + " has none. Use TpeSearch.");
        }
        return new Axes(space, some);
    }

    /** Returns the names of the axes of another that are none here, in their order. */
    List<String> missing(Axes all) {
        List<String> names = new ArrayList<>();
        for (Axis axis : all.axes) {
            if (!axes.contains(axis)) {
                names.add(axis.name());
            }
        }
        return names;
    }

    /** Returns the axes that exist together: indices by condition, in the order of declaration. */
    List<int[]> groups() {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < axes.size(); i++) {
            Condition condition = space.conditions().get(axes.get(i).name());
            groups.computeIfAbsent(condition == null ? "always" : condition, key -> new ArrayList<>())
                    .add(i);
        }
        return groups.values().stream()
                .map(indices -> indices.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** Returns whether an axis exists beside these values. */
    boolean isActive(int axis, HyperParams config) {
        return space.isActive(axes.get(axis).name(), config);
    }

    private static void axis(String name, Domain domain, List<Axis> axes) {
        if (domain instanceof UnitScale scale) {
            if (!scale.isDiscrete() || scale.cells() > 1) {
                axes.add(new Axis(name, scale, List.of()));
            }
        } else if (domain instanceof Choice choice && choice.options().size() > 1) {
            axes.add(new Axis(name, null, choice.options()));
        }
    }

    /** Returns the axes in the order of declaration. */
    List<Axis> list() {
        return axes;
    }

    int size() {
        return axes.size();
    }

    Axis get(int index) {
        return axes.get(index);
    }

    /** Returns the coordinates of hyperparameters. */
    double[] point(HyperParams config) {
        double[] point = new double[axes.size()];
        for (int i = 0; i < point.length; i++) {
            Axis axis = axes.get(i);
            point[i] = config.contains(axis.name()) ? axis.coordinate(config.get(axis.name())) : Double.NaN;
        }
        return point;
    }

    /**
     * Returns complete hyperparameters at a point: inside the space, the constraints repaired; what has no coordinate is
     * drawn and computed as random search does for the trial of this number. Their {@link #point} may differ from the one given.
     */
    HyperParams config(double[] point, Seeds seeds, int trialNumber) {
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (int i = 0; i < point.length; i++) {
            if (!Double.isNaN(point[i])) {
                chosen.put(axes.get(i).name(), axes.get(i).value(point[i]));
            }
        }
        return space.complete(chosen, seeds, trialNumber);
    }

    /** Returns the point whose share of each axis is given, from 0 to 1: options get equal shares, numbers snap to cells. */
    double[] fromCube(double[] shares) {
        double[] point = new double[shares.length];
        for (int i = 0; i < point.length; i++) {
            Axis axis = axes.get(i);
            point[i] = axis.isChoice() ? Math.floor(shares[i] * axis.options().size()) : axis.snapped(shares[i]);
        }
        return point;
    }

    /** Returns the point at which the hyperparameters of {@link #config} really lie. */
    double[] settled(double[] point, Seeds seeds, int trialNumber) {
        return point(config(point, seeds, trialNumber));
    }
}
