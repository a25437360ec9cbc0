package org.rltune.env;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * Results of one step of a {@link VectorEnv}; allocated once and filled in place.
 *
 * <p>The arrays are public because the step loop reads them at every step. Index {@code e} is the environment.
 */
public final class VectorStep {
    /** What to act on next, (envs, observationSize): with SAME_STEP after an end, the next episode's first observation. */
    public final float[] observation;

    /** Last observation of the episode, (envs, observationSize); only the rows of ended episodes are written. */
    public final float[] finalObservation;

    /** Reward of this step. */
    public final double[] reward;

    /** The task ended by its own rules: the future is worth nothing. */
    public final boolean[] terminated;

    /** A limit cut the episode: the future is worth the value of {@link #finalObservation}. */
    public final boolean[] truncated;

    /** Sum of the rewards of the whole episode; written where one ended. */
    public final double[] episodeReturn;

    /** Steps of the whole episode; written where one ended. */
    public final int[] episodeLength;

    /**
     * The environment failed in this step and was made anew, see {@link VectorEnv#stepAgain}: its episode is thrown away,
     * {@link #observation} is the first of the next one, and reward and ends say nothing.
     */
    public final boolean[] failed;

    // Threads write different elements; they and the reader of the infos are ordered by the end of the step.
    private final @Nullable Map<String, Object>[] info;
    private final @Nullable Map<String, Object>[] finalInfo;
    private boolean anyInfo;
    private boolean anyFailed;

    /** Room for this many environments and floats per observation. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    public VectorStep(int envs, int observationSize) {
        Check.atLeast("envs", envs, 1);
        Check.atLeast("observationSize", observationSize, 1);
        observation = new float[Math.multiplyExact(envs, observationSize)];
        finalObservation = new float[observation.length];
        reward = new double[envs];
        terminated = new boolean[envs];
        truncated = new boolean[envs];
        episodeReturn = new double[envs];
        episodeLength = new int[envs];
        failed = new boolean[envs];
        info = new Map[envs];
        finalInfo = new Map[envs];
    }

    /** Whether the episode of environment {@code e} ended in this step, for either reason. */
    public boolean ended(int e) {
        return terminated[e] || truncated[e];
    }

    /** Whether any environment {@link #failed} in this step. */
    public boolean anyFailed() {
        return anyFailed;
    }

    /** Environment {@code e} failed in this step; it has no reward and no end. */
    void fail(int e) {
        failed[e] = true;
        anyFailed = true;
        reward[e] = 0;
        terminated[e] = false;
        truncated[e] = false;
    }

    /** A new step begins, in which none has failed. */
    void clearFailed() {
        if (anyFailed) {
            Arrays.fill(failed, false);
            anyFailed = false;
        }
    }

    /** What the environments told in this step or reset; for an episode that SAME_STEP began, what its reset told. */
    public VectorInfos infos() {
        return VectorInfos.of(info);
    }

    /** What the last steps of ended episodes told, where SAME_STEP began the next ones: Gymnasium's {@code final_info}. */
    public VectorInfos finalInfos() {
        return VectorInfos.of(finalInfo);
    }

    /** What environment {@code e} told; empty for nothing. */
    public Map<String, Object> info(int e) {
        Map<String, Object> told = info[e];
        return told == null ? Map.of() : told;
    }

    /** What the last step of the ended episode of environment {@code e} told; empty for nothing, and where none ended. */
    public Map<String, Object> finalInfo(int e) {
        Map<String, Object> told = finalInfo[e];
        return told == null ? Map.of() : told;
    }

    /** For a wrapper: takes over what a step of as many environments gave, all but the observations. */
    public void take(VectorStep inside) {
        System.arraycopy(inside.reward, 0, reward, 0, reward.length);
        System.arraycopy(inside.terminated, 0, terminated, 0, reward.length);
        System.arraycopy(inside.truncated, 0, truncated, 0, reward.length);
        System.arraycopy(inside.episodeReturn, 0, episodeReturn, 0, reward.length);
        System.arraycopy(inside.episodeLength, 0, episodeLength, 0, reward.length);
        takeInfos(inside);
    }

    /** As {@link #take(VectorStep)} after a reset, for the environments that it chose. */
    public void take(VectorStep inside, VectorReset request) {
        for (int e = 0; e < reward.length; e++) {
            if (request.chooses(e)) {
                reward[e] = inside.reward[e];
                terminated[e] = inside.terminated[e];
                truncated[e] = inside.truncated[e];
            }
        }
        takeInfos(inside);
    }

    private void takeInfos(VectorStep inside) {
        clearInfos();
        if (inside.anyInfo) {
            System.arraycopy(inside.info, 0, info, 0, info.length);
            System.arraycopy(inside.finalInfo, 0, finalInfo, 0, info.length);
            anyInfo = true;
        }
    }

    /** For an {@link EnvBatch} or a wrapper: what environment {@code e} tells, in place of what it told before. */
    public void putInfo(int e, Map<String, Object> told) {
        if (!told.isEmpty()) {
            info[e] = told;
            anyInfo = true;
        }
    }

    /** For a wrapper: what the last step of the ended episode of environment {@code e} tells. */
    public void putFinalInfo(int e, Map<String, Object> told) {
        if (!told.isEmpty()) {
            finalInfo[e] = told;
            anyInfo = true;
        }
    }

    /** Forgets what was told. */
    void clearInfos() {
        if (anyInfo) {
            Arrays.fill(info, null);
            Arrays.fill(finalInfo, null);
            anyInfo = false;
        }
    }

    /** Forgets what environment {@code e} told. */
    void clearInfo(int e) {
        info[e] = null;
        finalInfo[e] = null;
    }

    /** What environment {@code e} told becomes what its old episode told last. */
    void infoBecomesFinal(int e) {
        if (info[e] != null) {
            finalInfo[e] = info[e];
            info[e] = null;
        }
    }
}
