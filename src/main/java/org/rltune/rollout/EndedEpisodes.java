package org.rltune.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The episodes that ended while a worker collects, in flat columns that grow to the most of any fragment. */
final class EndedEpisodes {
    private final int firstEnv;
    private int count;
    private int[] step = new int[16];
    private int[] env = new int[16];
    private double[] episodeReturn = new double[16];
    private int[] length = new int[16];

    EndedEpisodes(int firstEnv) {
        this.firstEnv = firstEnv;
    }

    void clear() {
        count = 0;
    }

    void add(int atStep, int ofEnv, double itsReturn, int itsLength) {
        if (count == step.length) {
            step = Arrays.copyOf(step, 2 * count);
            env = Arrays.copyOf(env, 2 * count);
            episodeReturn = Arrays.copyOf(episodeReturn, 2 * count);
            length = Arrays.copyOf(length, 2 * count);
        }
        step[count] = atStep;
        env[count] = ofEnv;
        episodeReturn[count] = itsReturn;
        length[count] = itsLength;
        count++;
    }

    List<RolloutWorker.Episode> list() {
        List<RolloutWorker.Episode> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(new RolloutWorker.Episode(step[i], firstEnv + env[i], episodeReturn[i], length[i]));
        }
        // An environment that was made anew and caught up adds its episodes late.
        list.sort(Comparator.comparingInt(RolloutWorker.Episode::step).thenComparingInt(RolloutWorker.Episode::env));
        return List.copyOf(list);
    }
}
