package org.rltune.tune.schedule;

import java.util.List;
import java.util.stream.IntStream;

/**
 * HyperBand's table: how many trials a bracket takes and when it compares them, in whole numbers.
 *
 * <p>Bracket s of {@code smax + 1} takes {@code ceil((smax + 1) / (s + 1) * factor^s)} trials and compares them at {@code
 * floor(maxT / factor^(s - i))}, i = 0, ..., s - 1; the last of these times, maxT, is the end. {@code smax} is the largest
 * s with {@code factor^s * grace <= maxT}. So all brackets share their times, and each ends exactly at maxT. (Ray Tune
 * rounds the logarithm, which for a maxT of 200 and a factor of 3 makes a bracket that begins at time 0, and multiplies
 * upwards, 1, 3, 9, 27, 81 of 100.)
 */
record HyperBandPlan(long grace, long maxT, int factor) {
    int smax() {
        return Rungs.log(maxT / grace, factor);
    }

    long trials(int bracket) {
        return Rungs.ceilDiv(Math.multiplyExact(smax() + 1, power(bracket)), bracket + 1);
    }

    /** Returns at which times trials of a bracket are compared; the last one is the end. */
    List<Long> times(int bracket) {
        return IntStream.rangeClosed(0, bracket)
                .mapToObj(i -> maxT / power(bracket - i))
                .toList();
    }

    private long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power = Math.multiplyExact(power, factor);
        }
        return power;
    }

    /** Returns how many trials all brackets together take. */
    long band() {
        return IntStream.rangeClosed(0, smax()).mapToLong(this::trials).sum();
    }
}
