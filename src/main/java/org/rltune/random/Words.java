package org.rltune.random;

/** Unsigned arithmetic that Java 17 lacks. */
final class Words {
    private Words() {}

    /** The upper 64 bits of the product of two unsigned 64-bit numbers. */
    static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }
}
