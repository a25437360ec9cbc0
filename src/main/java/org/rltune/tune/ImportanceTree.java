package org.rltune.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.rltune.random.Pcg64;

/**
 * One regression tree of a random forest: grown on a bootstrap sample, each split the best of five sixths of the axes (as
 * SMAC's forests), a leaf of at least {@value #LEAF} samples. A leaf is a box: on each axis a set of bins.
 */
final class ImportanceTree {
    private static final int LEAF = 3;

    /** A box of bins, with what the tree says of it. */
    private record Leaf(boolean[][] bins, double value) {}

    /** A cut: the bins that go to the one side. */
    private record Cut(int axis, boolean[] left, double gain) {}

    private final List<Importance.Axis> axes;
    private final double[] y;
    private final Pcg64 random;
    private final List<Leaf> leaves = new ArrayList<>();

    private ImportanceTree(List<Importance.Axis> axes, double[] y, Pcg64 random) {
        this.axes = axes;
        this.y = y;
        this.random = random;
    }

    static ImportanceTree grow(List<Importance.Axis> axes, double[] y, Pcg64 random) {
        ImportanceTree tree = new ImportanceTree(axes, y, random);
        int[] samples = new int[y.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextInt(y.length);
        }
        boolean[][] all = new boolean[axes.size()][];
        for (int a = 0; a < all.length; a++) {
            all[a] = new boolean[axes.get(a).weights().length];
            Arrays.fill(all[a], true);
        }
        tree.split(samples, all);
        return tree;
    }

    private void split(int[] samples, boolean[][] box) {
        Cut best = null;
        if (samples.length >= 2 * LEAF) {
            int tried = Math.max(1, (axes.size() * 5 + 5) / 6);
            int[] order = random.permutation(axes.size());
            for (int i = 0; i < tried; i++) {
                Cut cut = cut(order[i], samples);
                if (cut.gain() > 0 && (best == null || cut.gain() > best.gain())) {
                    best = cut;
                }
            }
        }
        if (best == null) {
            leaves.add(new Leaf(
                    box, Arrays.stream(samples).mapToDouble(s -> y[s]).average().orElse(0)));
            return;
        }
        int axis = best.axis();
        boolean[] left = best.left();
        int[] bins = axes.get(axis).binOfTrial();
        split(Arrays.stream(samples).filter(s -> left[bins[s]]).toArray(), narrowed(box, axis, left, true));
        split(Arrays.stream(samples).filter(s -> !left[bins[s]]).toArray(), narrowed(box, axis, left, false));
    }

    private static boolean[][] narrowed(boolean[][] box, int axis, boolean[] left, boolean keepLeft) {
        boolean[][] narrow = box.clone();
        narrow[axis] = box[axis].clone();
        for (int b = 0; b < left.length; b++) {
            narrow[axis][b] &= left[b] == keepLeft;
        }
        return narrow;
    }

    /**
     * Returns the cut that lowers the sum of squares most: of an ordered axis at a bound, of another between its options in
     * the order of their means, which is the best of all subsets (Breiman et al. 1984).
     */
    private Cut cut(int axis, int[] samples) {
        int[] binOf = axes.get(axis).binOfTrial();
        int bins = axes.get(axis).weights().length;
        double[] sums = new double[bins];
        int[] counts = new int[bins];
        double total = 0;
        for (int s : samples) {
            sums[binOf[s]] += y[s];
            counts[binOf[s]]++;
            total += y[s];
        }
        Integer[] order = new Integer[bins];
        Arrays.setAll(order, b -> b);
        if (!axes.get(axis).ordered()) {
            Arrays.sort(order, Comparator.comparingDouble(b -> counts[b] == 0 ? 0 : sums[b] / counts[b]));
        }
        double base = total * total / samples.length;
        double bestGain = 0;
        int bestEnd = 0;
        double sum = 0;
        int count = 0;
        for (int end = 1; end < bins; end++) {
            sum += sums[order[end - 1]];
            count += counts[order[end - 1]];
            int rest = samples.length - count;
            if (count < LEAF || rest < LEAF) {
                continue;
            }
            double gain = sum * sum / count + (total - sum) * (total - sum) / rest - base;
            if (gain > bestGain * (1 + 1e-12)) { // bounds without samples between them give the same: the first counts
                bestGain = gain;
                bestEnd = end;
            }
        }
        boolean[] left = new boolean[bins];
        for (int i = 0; i < bestEnd; i++) {
            left[order[i]] = true;
        }
        return new Cut(axis, left, bestEnd == 0 || bestGain <= 1e-12 * Math.abs(base) ? 0 : bestGain);
    }

    /** Returns each axis's share of the tree's variance; nothing if the tree has one leaf only. */
    double[] shares() {
        int n = axes.size();
        double[][] weights = new double[leaves.size()][n];
        double mean = 0;
        for (int l = 0; l < leaves.size(); l++) {
            double weight = 1;
            for (int a = 0; a < n; a++) {
                weights[l][a] = weight(leaves.get(l).bins()[a], axes.get(a).weights());
                weight *= weights[l][a];
            }
            mean += weight * leaves.get(l).value();
        }
        double variance = 0;
        double[][] marginals = new double[n][];
        for (int a = 0; a < n; a++) {
            marginals[a] = new double[axes.get(a).weights().length];
        }
        for (int l = 0; l < leaves.size(); l++) {
            Leaf leaf = leaves.get(l);
            double off = leaf.value() - mean;
            variance += others(weights[l], -1) * off * off;
            for (int a = 0; a < n; a++) {
                double part = others(weights[l], a) * off;
                for (int b = 0; b < marginals[a].length; b++) {
                    marginals[a][b] += leaf.bins()[a][b] ? part : 0;
                }
            }
        }
        if (variance == 0) {
            return new double[0];
        }
        double[] shares = new double[n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < marginals[a].length; b++) {
                shares[a] += axes.get(a).weights()[b] * marginals[a][b] * marginals[a][b] / variance;
            }
        }
        return shares;
    }

    /** Returns the product of the weights, that of one axis left out. */
    private static double others(double[] weights, int axis) {
        double product = 1;
        for (int a = 0; a < weights.length; a++) {
            product *= a == axis ? 1 : weights[a];
        }
        return product;
    }

    private static double weight(boolean[] bins, double[] weights) {
        double sum = 0;
        for (int b = 0; b < bins.length; b++) {
            sum += bins[b] ? weights[b] : 0;
        }
        return sum;
    }
}
