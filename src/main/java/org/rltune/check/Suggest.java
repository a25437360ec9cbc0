package org.rltune.check;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known name that a misspelt one was probably meant to be.
 *
 * <p>The distance of two names is the number of single letters to insert, delete, replace or swap with their neighbour
 * (the "optimal string alignment" distance); upper and lower case, {@code _}, {@code -} and spaces do not count. A name
 * is near when at most a third of its letters (but always one) have to change. Ties go to the name that comes first in
 * the order of its UTF-16 units, so the answer does not depend on the order of the collection.
 */
public final class Suggest {
    private Suggest() {}

    /** A sentence to append to an error message, such as {@code " Maybe 'lr'?"}, or "" when no known name is near. */
    public static String nearest(String name, Collection<String> known) {
        return closest(name, known).map(k -> " Maybe '" + k + "'?").orElse("");
    }

    /** The nearest known name, or empty when none is near. */
    public static Optional<String> closest(String name, Collection<String> known) {
        String wanted = canonical(name);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            String other = canonical(candidate);
            int allowed = Math.max(1, Math.max(wanted.length(), other.length()) / 3);
            int distance = distance(wanted, other);
            if (distance > allowed || distance >= Math.max(wanted.length(), other.length())) {
                continue;
            }
            if (distance < bestDistance
                    || (distance == bestDistance && best != null && candidate.compareTo(best) < 0)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String canonical(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c != '_' && c != '-' && c != ' ') {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
