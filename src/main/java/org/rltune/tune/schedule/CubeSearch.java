package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.rltune.random.Pcg64;

/**
 * Looks for the maximum of a function on the unit cube: many random points, and from the best of them a compass search,
 * which tries a step along each axis both ways and halves it where none is better.
 */
final class CubeSearch {
    private static final int POINTS = 256;
    private static final int STARTS = 4;
    private static final double FIRST_STEP = 0.1;
    private static final double LAST_STEP = 2e-3;

    private CubeSearch() {}

    private record Found(double[] point, double value) {}

    static double[] maximise(int axes, Pcg64 random, ToDoubleFunction<double[]> function) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double[] point = new double[axes];
            for (int axis = 0; axis < axes; axis++) {
                point[axis] = random.nextDouble();
            }
            found.add(new Found(point, function.applyAsDouble(point)));
        }
        found.sort(Comparator.comparingDouble((Found f) -> -f.value())); // stable: of equals the first drawn
        Found best = found.get(0);
        for (Found start : found.subList(0, STARTS)) {
            Found end = climb(start, function);
            best = end.value() > best.value() ? end : best;
        }
        return best.point();
    }

    private static Found climb(Found start, ToDoubleFunction<double[]> function) {
        Found at = start;
        for (double step = FIRST_STEP; step > LAST_STEP; ) {
            Found next = bestNeighbour(at, step, function);
            if (next.value() > at.value()) {
                at = next;
            } else {
                step /= 2;
            }
        }
        return at;
    }

    private static Found bestNeighbour(Found at, double step, ToDoubleFunction<double[]> function) {
        Found best = at;
        for (int axis = 0; axis < at.point().length; axis++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] point = at.point().clone();
                point[axis] = Math.max(0, Math.min(1, point[axis] + sign * step));
                double value = function.applyAsDouble(point);
                best = value > best.value() ? new Found(point, value) : best;
            }
        }
        return best;
    }
}
