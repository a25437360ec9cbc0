package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Which values are given for which trial: the points first, then the grid once for each further sample. */
final class Variants {
    private final List<HyperParams> points = new ArrayList<>();
    private final List<GridPlan> plans = new ArrayList<>();
    private final GridPlan grid;

    /** By point: the number of the first trial after it. */
    private final List<Long> ends = new ArrayList<>();

    /**
     * A trial's part of the plan.
     *
     * @param given the values of the point and of the grids
     * @param sample the number of the sample, from 0
     */
    record Variant(HyperParams given, int sample, String reason) {}

    Variants(SearchSpace space, List<Map<String, Object>> pointsToEvaluate) {
        this.grid = new GridPlan(space, HyperParams.of(Map.of()));
        long end = 0;
        for (Map<String, Object> point : pointsToEvaluate) {
            HyperParams given = Given.checked("points_to_evaluate[" + points.size() + "]", point, space);
            GridPlan plan = new GridPlan(space, given);
            points.add(given);
            plans.add(plan);
            end = Math.addExact(end, plan.size());
            ends.add(end);
        }
    }

    private long pointTrials() {
        return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    }

    /** Returns how many trials there are for a number of samples. */
    int totalTrials(int numSamples) {
        long samples = Math.max(0, numSamples - points.size());
        long trials = Totals.multiplied(
                grid.size(),
                samples,
                "The grid has " + grid.arithmetic() + ": " + Totals.count(grid.size()) + " x " + samples + " samples");
        return Totals.multiplied(
                trials + pointTrials(), 1, Totals.count(trials) + " trials and those of points_to_evaluate");
    }

    Variant at(int trialNumber) {
        for (int i = 0; i < points.size(); i++) {
            if (trialNumber < ends.get(i)) {
                long first = i == 0 ? 0 : ends.get(i - 1);
                HyperParams values = plans.get(i).at(trialNumber - first);
                return new Variant(points.get(i).withAll(values), i, "points_to_evaluate[" + i + "]");
            }
        }
        long after = trialNumber - pointTrials();
        int sample = (int) (points.size() + after / grid.size());
        long index = after % grid.size();
        return grid.isEmpty()
                ? new Variant(HyperParams.of(Map.of()), sample, "random")
                : new Variant(grid.at(index), sample, "grid point " + (index + 1) + " of " + Totals.count(grid.size()));
    }

    /** Returns the size of the grid in words; nothing where there is none. */
    List<String> preflight(int totalTrials) {
        if (grid.isEmpty()) {
            return List.of();
        }
        String size = grid.arithmetic();
        if (totalTrials != grid.size()) {
            size += ": " + Totals.count(grid.size()) + " combinations";
            long samples = (totalTrials - pointTrials()) / grid.size();
            size += " x " + samples + (samples == 1 ? " sample" : " samples");
            size += points.isEmpty() ? "" : " + " + Totals.count(pointTrials()) + " of points_to_evaluate";
        }
        return List.of(
                "grid: " + size + (totalTrials == grid.size() ? ": " : " = ") + Totals.count(totalTrials) + " trials");
    }
}
