package org.rltune.tune;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Which checkpoints are written and kept.
 *
 * @param freq write one every so many own iterations; 0 for never
 * @param atEnd write one when the trial ends
 * @param keep how many to keep besides the newest and those that are still needed; {@link Integer#MAX_VALUE} for all
 * @param scoreAttr the column by which they are ranked, nested ones with "/"; empty to rank by age
 * @param scoreMode whether larger or smaller is better
 */
record CheckpointPolicy(int freq, boolean atEnd, int keep, String scoreAttr, Mode scoreMode) {

    /** Returns the score of a row, sign as reported; empty where there is none or it is NaN. */
    OptionalDouble score(Map<String, Object> row) {
        OptionalDouble found = scoreAttr.isEmpty() ? OptionalDouble.empty() : Rows.number(row, scoreAttr);
        return found.isPresent() && Double.isNaN(found.getAsDouble()) ? OptionalDouble.empty() : found;
    }

    /** Returns negative if the first is better: by score, none being worst, then by age, newer being better. */
    int compare(SavedCheckpoint a, SavedCheckpoint b) {
        if (a.score().isPresent() != b.score().isPresent()) {
            return a.score().isPresent() ? -1 : 1;
        }
        if (a.score().isPresent()) {
            int byScore = Double.compare(
                    scoreMode.signed(b.score().getAsDouble()),
                    scoreMode.signed(a.score().getAsDouble()));
            if (byScore != 0) {
                return byScore;
            }
        }
        return Integer.compare(b.trainingIteration(), a.trainingIteration());
    }
}
