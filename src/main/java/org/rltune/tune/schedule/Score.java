package org.rltune.tune.schedule;

import java.util.Comparator;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.Mode;

/**
 * A score as schedulers compare it: a number, NaN, or absent. NaN ranks below every number, and absent below NaN: what
 * nobody has measured is never taken for good.
 *
 * @param value the number as reported; NaN where there is none
 */
record Score(Kind kind, double value) {
    enum Kind {
        NUMBER,
        NAN,
        ABSENT
    }

    static final Score ABSENT = new Score(Kind.ABSENT, Double.NaN);
    private static final Score NOT_A_NUMBER = new Score(Kind.NAN, Double.NaN);

    static Score of(OptionalDouble reported) {
        return reported.isPresent() ? of(reported.getAsDouble()) : ABSENT;
    }

    static Score of(double reported) {
        return Double.isNaN(reported) ? NOT_A_NUMBER : new Score(Kind.NUMBER, reported);
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    /** Returns the number with its sign set so that larger is better; both zeros are one number. */
    double signed(Mode mode) {
        return mode.signed(value) + 0.0;
    }

    static Comparator<Score> bestFirst(Mode mode) {
        return Comparator.comparing(Score::kind).thenComparingDouble(score -> -score.signed(mode) + 0.0);
    }

    boolean isBetterThan(Score other, Mode mode) {
        return bestFirst(mode).compare(this, other) < 0;
    }

    /** Returns the score with the metric's name: {@code reward 12.4}, {@code reward NaN}, {@code no reward}. */
    String text(String metric) {
        return isAbsent() ? "no " + metric : metric + " " + Texts.value(value);
    }

    @Nullable
    Object toJson() {
        return isAbsent() ? null : value;
    }

    static Score fromJson(@Nullable Object json) {
        return json == null ? ABSENT : of(Json.asDouble(json, "score"));
    }
}
