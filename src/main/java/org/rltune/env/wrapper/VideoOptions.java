package org.rltune.env.wrapper;

import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * What {@link RecordVideo} records, and how. The {@code with} methods return changed copies.
 *
 * @param episodeTrigger whether a recording begins with the reset of episode N, counted from 0; null for never
 * @param stepTrigger whether a recording begins after step N, counted from 0 over all episodes; null for never
 * @param videoLength steps after which a recording ends, whatever the episodes do; 0 for whole episodes
 * @param namePrefix how the names of the files begin
 * @param fps pictures per second; 0 for those of the environment
 * @param format what is written
 */
public record VideoOptions(
        @Nullable LongPredicate episodeTrigger,
        @Nullable LongPredicate stepTrigger,
        int videoLength,
        String namePrefix,
        int fps,
        VideoFormat format) {
    private static final long EVERY_THOUSAND = 1000;

    /** Checks the numbers and the prefix. */
    public VideoOptions {
        Check.atLeast("videoLength", videoLength, 0);
        Check.atLeast("fps", fps, 0);
        Check.notBlank("namePrefix", namePrefix);
        if (namePrefix.contains("/") || namePrefix.contains("\\")) {
            throw new IllegalArgumentException("namePrefix is '" + namePrefix
                    + "', but it is a part of a file name and must not contain a slash. Put folders into videoFolder.");
        }
    }

    /** Gymnasium's: whole episodes whose number is a cube, from 1000 on every thousandth, as {@code rl-video-*.gif}. */
    public static VideoOptions defaults() {
        return new VideoOptions(null, null, 0, "rl-video", 0, VideoFormat.GIF);
    }

    /** A copy that begins with these episodes. */
    public VideoOptions withEpisodeTrigger(LongPredicate trigger) {
        return new VideoOptions(trigger, stepTrigger, videoLength, namePrefix, fps, format);
    }

    /** A copy that begins after these steps. */
    public VideoOptions withStepTrigger(LongPredicate trigger) {
        return new VideoOptions(episodeTrigger, trigger, videoLength, namePrefix, fps, format);
    }

    /** A copy whose recordings end after this many steps. */
    public VideoOptions withVideoLength(int steps) {
        return new VideoOptions(episodeTrigger, stepTrigger, steps, namePrefix, fps, format);
    }

    /** A copy whose files begin with this. */
    public VideoOptions withNamePrefix(String prefix) {
        return new VideoOptions(episodeTrigger, stepTrigger, videoLength, prefix, fps, format);
    }

    /** A copy with this many pictures per second. */
    public VideoOptions withFps(int picturesPerSecond) {
        return new VideoOptions(episodeTrigger, stepTrigger, videoLength, namePrefix, picturesPerSecond, format);
    }

    /** A copy that writes this. */
    public VideoOptions withFormat(VideoFormat other) {
        return new VideoOptions(episodeTrigger, stepTrigger, videoLength, namePrefix, fps, other);
    }

    /** Whether a recording begins with the reset of this episode. */
    boolean beginsAtEpisode(long episode) {
        if (episodeTrigger != null) {
            return episodeTrigger.test(episode);
        }
        return stepTrigger == null && cappedCubic(episode);
    }

    /** Whether a recording begins after this step. */
    boolean beginsAtStep(long step) {
        return stepTrigger != null && stepTrigger.test(step);
    }

    /** Gymnasium's {@code capped_cubic_video_schedule}: 0, 1, 8, 27, ..., 729, 1000, 2000, ... */
    static boolean cappedCubic(long episode) {
        if (episode >= EVERY_THOUSAND) {
            return episode % EVERY_THOUSAND == 0;
        }
        long root = Math.round(StrictMath.cbrt(episode));
        return root * root * root == episode;
    }
}
