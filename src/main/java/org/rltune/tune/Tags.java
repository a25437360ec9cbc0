package org.rltune.tune;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.rltune.tune.space.HyperParams;

/**
 * Ray Tune's experiment tags: {@code 3_clip_param=0.2345,lr=0.0010}. As there, a real number has four digits after the
 * point and every other value is its text with "/" as "_".
 */
final class Tags {
    private static final int DIGITS = 4;

    private Tags() {}

    /** Returns the tag of a trial with the values of the given names, in the order of the values. */
    static String of(int number, HyperParams config, Collection<String> names) {
        String values = values(config, names);
        return values.isEmpty() ? Integer.toString(number) : number + "_" + values;
    }

    /** Returns {@code name=value,name=value}. */
    static String values(HyperParams config, Collection<String> names) {
        return config.only(names).asMap().entrySet().stream()
                .map(entry -> entry.getKey().replace('/', '_') + "=" + text(entry.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String text(Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            // Through BigDecimal since the digits of String.format differ between JDKs in rare cases.
            return new BigDecimal(number)
                    .setScale(DIGITS, RoundingMode.HALF_EVEN)
                    .toPlainString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Tags::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value).replace('/', '_');
    }
}
