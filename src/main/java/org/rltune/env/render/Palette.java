package org.rltune.env.render;

import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * At most 256 colours for a picture: its own where they are enough, which flat drawings mostly have, else those of a
 * median cut.
 *
 * <p>The cut follows P. Heckbert (1982) with the rule of X. Wu: the group with the greatest sum of squared distances
 * from its mean, weighted by pixels, is cut at its mean along the channel of the greatest part of that sum. Each group
 * becomes its mean colour. The same picture gives the same palette.
 */
final class Palette {
    private static final int MOST = 256;

    private final int[] colors; // all colours of the picture, rising
    private final byte[] entryOf; // the entry for each of them
    private final int[] entries;

    private Palette(int[] colors, byte[] entryOf, int[] entries) {
        this.colors = colors;
        this.entryOf = entryOf;
        this.entries = entries;
    }

    /** The palette of these colours {@code 0xRRGGBB}; there is at least one. */
    static Palette of(int[] pixels) {
        int[] sorted = pixels.clone();
        Arrays.sort(sorted);
        int[] colors = new int[sorted.length];
        int[] counts = new int[sorted.length];
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                colors[n++] = sorted[i];
            }
            counts[n - 1]++;
        }
        colors = Arrays.copyOf(colors, n);
        List<Group> groups = groups(colors, counts);
        byte[] entryOf = new byte[n];
        int[] entries = new int[groups.size()];
        for (int e = 0; e < entries.length; e++) {
            entries[e] = groups.get(e).meanColor();
            for (int member : groups.get(e).members) {
                entryOf[member] = (byte) e;
            }
        }
        return new Palette(colors, entryOf, entries);
    }

    private static List<Group> groups(int[] colors, int[] counts) {
        List<Group> groups = new ArrayList<>();
        if (colors.length <= MOST) {
            for (int i = 0; i < colors.length; i++) {
                groups.add(new Group(new int[] {i}, colors, counts));
            }
            return groups;
        }
        int[] all = new int[colors.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        groups.add(new Group(all, colors, counts));
        while (groups.size() < MOST) {
            Group widest = groups.stream()
                    .max(Comparator.comparingDouble(group -> group.spread))
                    .orElseThrow();
            groups.remove(widest);
            widest.cut(colors, counts, groups);
        }
        return groups;
    }

    /** The model of a picture whose bytes are entries of this palette. */
    IndexColorModel model() {
        int bits = 1;
        while (1 << bits < entries.length) {
            bits *= 2;
        }
        return new IndexColorModel(bits, entries.length, entries, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
    }

    /** The entry for a colour of the picture. */
    byte entry(int color) {
        return entryOf[Arrays.binarySearch(colors, color)];
    }

    /** Some of the colours, which become one entry. */
    private static final class Group {
        final int[] members;
        final double spread;
        private final double[] mean = new double[3];
        private final int widestChannel;

        Group(int[] members, int[] colors, int[] counts) {
            this.members = members;
            double pixels = 0;
            double[] squares = new double[3];
            for (int member : members) {
                pixels += counts[member];
                for (int c = 0; c < 3; c++) {
                    double value = channel(colors[member], c);
                    mean[c] += counts[member] * value;
                    squares[c] += counts[member] * value * value;
                }
            }
            double sum = 0;
            int widest = 0;
            for (int c = 0; c < 3; c++) {
                mean[c] /= pixels;
                squares[c] -= pixels * mean[c] * mean[c];
                sum += squares[c];
                widest = squares[c] > squares[widest] ? c : widest;
            }
            widestChannel = widest;
            spread = members.length == 1 ? -1 : sum; // one colour cannot be cut
        }

        void cut(int[] colors, int[] counts, List<Group> into) {
            int[] low = new int[members.length];
            int[] high = new int[members.length];
            int lows = 0;
            int highs = 0;
            for (int member : members) {
                if (channel(colors[member], widestChannel) <= mean[widestChannel]) {
                    low[lows++] = member;
                } else {
                    high[highs++] = member;
                }
            }
            if (highs == 0) { // rounding hid the distances
                high[highs++] = low[--lows];
            }
            into.add(new Group(Arrays.copyOf(low, lows), colors, counts));
            into.add(new Group(Arrays.copyOf(high, highs), colors, counts));
        }

        int meanColor() {
            int color = 0;
            for (double value : mean) {
                color = color << 8 | (int) Math.rint(value);
            }
            return color;
        }

        private static int channel(int color, int c) {
            return (color >> (16 - 8 * c)) & 0xff;
        }
    }
}
