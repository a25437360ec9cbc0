package org.rltune.envs.box2d;

import com.badlogic.gdx.physics.box2d.Fixture;
import java.util.Arrays;

/**
 * The pairs of fixtures for which a step created contacts, in groups that Box2D created together. Each group should be
 * sorted by key.
 */
final class NewPairs {
    private static final int GROUP_SHIFT = 40; // keys are smaller

    private Fixture[] first = new Fixture[16];
    private Fixture[] second = new Fixture[16];
    private long[] key = new long[16];
    private boolean[] touched = new boolean[16];
    private int size;
    private long group;

    int size() {
        return size;
    }

    Fixture first(int i) {
        return first[i];
    }

    Fixture second(int i) {
        return second[i];
    }

    void clear() {
        size = 0;
        group = 0;
    }

    /** What follows was not created together with what went before. */
    void nextGroup() {
        group++;
    }

    void add(Fixture a, Fixture b, long pairKey) {
        if (size == key.length) {
            first = Arrays.copyOf(first, 2 * size);
            second = Arrays.copyOf(second, 2 * size);
            key = Arrays.copyOf(key, 2 * size);
            touched = Arrays.copyOf(touched, 2 * size);
        }
        first[size] = a;
        second[size] = b;
        key[size] = group << GROUP_SHIFT | pairKey;
        touched[size] = false;
        size++;
    }

    boolean sorted() {
        for (int i = 1; i < size; i++) {
            if (key[i - 1] > key[i]) {
                return false;
            }
        }
        return true;
    }

    /** By insertion: pairs are few, and the keys differ. */
    void sort() {
        for (int i = 1; i < size; i++) {
            Fixture a = first[i];
            Fixture b = second[i];
            long k = key[i];
            int j = i;
            for (; j > 0 && key[j - 1] > k; j--) {
                first[j] = first[j - 1];
                second[j] = second[j - 1];
                key[j] = key[j - 1];
            }
            first[j] = a;
            second[j] = b;
            key[j] = k;
        }
    }

    /** The place of a pair, or -1. */
    int find(Fixture a, Fixture b) {
        for (int i = 0; i < size; i++) {
            if ((first[i] == a && second[i] == b) || (first[i] == b && second[i] == a)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether a contact begins or ends only because it is taken out and created again: the end of one of these pairs, and
     * its beginning after that.
     */
    boolean hide(Fixture a, Fixture b, boolean begins) {
        int i = find(a, b);
        if (i < 0 || (begins && !touched[i])) {
            return false;
        }
        touched[i] = !begins;
        return true;
    }

    /** Whether the end of a pair was hidden and no beginning followed. */
    boolean endedWhileRepaired(int i) {
        return touched[i];
    }
}
