package org.rltune.tune.gp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function inside a box: L-BFGS on the coordinates that are free, with projection and backtracking.
 *
 * <p>A coordinate at a bound whose gradient points outwards is held there. The step direction of the others is that of
 * L-BFGS (J. Nocedal, S. Wright, "Numerical Optimization", algorithm 7.4) with the latest 10 pairs; the line search halves
 * the step, projected into the box, until it satisfies Armijo's condition with 1e-4.
 */
public final class BoxMinimizer {
    private static final int PAIRS = 10;
    private static final double ARMIJO = 1e-4;
    private static final int HALVINGS = 30;

    /** Where a step improves the value by a smaller share than this, the search ends (as SciPy's L-BFGS-B). */
    private static final double LEAST_GAIN = 2.22e-9;

    private BoxMinimizer() {}

    /** A function with its gradient. */
    public interface Smooth {
        /**
         * Returns the value at x and writes the gradient.
         *
         * @return the value; infinity or NaN where the function is not defined
         */
        double at(double[] x, double[] gradient);
    }

    /**
     * Where the search ended.
     *
     * @param x the point
     * @param value the function there
     */
    public record Minimum(double[] x, double value) {}

    private record Pair(double[] s, double[] y, double rho) {}

    /**
     * Walks downhill from a start.
     *
     * @param start a point; projected into the box first
     * @param low the lower bounds
     * @param high the upper bounds
     * @param tolerance ends where no free coordinate's gradient is larger than this
     * @param iterations the most steps
     */
    public static Minimum minimize(
            Smooth function, double[] start, double[] low, double[] high, double tolerance, int iterations) {
        int n = start.length;
        double[] x = projected(start, low, high);
        double[] gradient = new double[n];
        double value = function.at(x, gradient);
        Deque<Pair> pairs = new ArrayDeque<>();
        for (int iteration = 0; iteration < iterations && Double.isFinite(value); iteration++) {
            boolean[] held = held(x, gradient, low, high);
            if (steepest(gradient, held) <= tolerance) {
                break;
            }
            double[] direction = direction(gradient, held, pairs);
            if (!(dot(direction, gradient) < 0)) {
                pairs.clear();
                direction = direction(gradient, held, pairs);
            }
            double[] nextGradient = new double[n];
            double[] next = x;
            double nextValue = Double.NaN;
            double step = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
            boolean accepted = false;
            for (int halving = 0; halving < HALVINGS && !accepted; halving++, step /= 2) {
                next = moved(x, direction, step, low, high);
                nextValue = function.at(next, nextGradient);
                double promised = 0;
                for (int i = 0; i < n; i++) {
                    promised += gradient[i] * (next[i] - x[i]);
                }
                accepted = nextValue <= value + ARMIJO * Math.min(promised, 0);
            }
            if (!accepted) {
                break;
            }
            remember(pairs, x, next, gradient, nextGradient);
            double gain = value - nextValue;
            double size = Math.max(1, Math.max(Math.abs(value), Math.abs(nextValue)));
            x = next;
            value = nextValue;
            gradient = nextGradient;
            if (gain <= LEAST_GAIN * size) {
                break;
            }
        }
        return new Minimum(x, value);
    }

    private static double[] projected(double[] x, double[] low, double[] high) {
        double[] inside = x.clone();
        for (int i = 0; i < x.length; i++) {
            inside[i] = Math.max(low[i], Math.min(high[i], x[i]));
        }
        return inside;
    }

    private static double[] moved(double[] x, double[] direction, double step, double[] low, double[] high) {
        double[] next = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            next[i] = x[i] + step * direction[i];
        }
        return projected(next, low, high);
    }

    private static boolean[] held(double[] x, double[] gradient, double[] low, double[] high) {
        boolean[] held = new boolean[x.length];
        for (int i = 0; i < x.length; i++) {
            held[i] = (x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0);
        }
        return held;
    }

    private static double steepest(double[] gradient, boolean[] held) {
        double most = 0;
        for (int i = 0; i < gradient.length; i++) {
            most = held[i] ? most : Math.max(most, Math.abs(gradient[i]));
        }
        return most;
    }

    /** The two loops of L-BFGS on the free coordinates; held ones stay. */
    private static double[] direction(double[] gradient, boolean[] held, Deque<Pair> pairs) {
        double[] q = gradient.clone();
        for (int i = 0; i < q.length; i++) {
            q[i] = held[i] ? 0 : q[i];
        }
        double[] alphas = new double[pairs.size()];
        int k = 0;
        for (Pair pair : pairs) { // latest first
            alphas[k] = pair.rho() * dot(pair.s(), q);
            add(q, -alphas[k], pair.y());
            k++;
        }
        Pair latest = pairs.peekFirst();
        double scale = latest == null ? 1 : 1 / (latest.rho() * dot(latest.y(), latest.y()));
        for (int i = 0; i < q.length; i++) {
            q[i] *= scale;
        }
        Iterator<Pair> oldestFirst = pairs.descendingIterator();
        while (oldestFirst.hasNext()) {
            Pair pair = oldestFirst.next();
            k--;
            add(q, alphas[k] - pair.rho() * dot(pair.y(), q), pair.s());
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = held[i] ? 0 : -q[i];
        }
        return q;
    }

    private static void remember(
            Deque<Pair> pairs, double[] x, double[] next, double[] gradient, double[] nextGradient) {
        int n = x.length;
        double[] s = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            s[i] = next[i] - x[i];
            y[i] = nextGradient[i] - gradient[i];
        }
        double curvature = dot(s, y);
        if (curvature > 1e-10 * Math.sqrt(dot(s, s) * dot(y, y))) {
            pairs.addFirst(new Pair(s, y, 1 / curvature));
            if (pairs.size() > PAIRS) {
                pairs.removeLast();
            }
        }
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
