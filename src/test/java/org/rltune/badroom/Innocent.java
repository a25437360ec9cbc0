package org.rltune.badroom;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Does rightly what Offender does wrongly: none of it may be caught. Never run. */
public final class Innocent {

    void prints(PrintStream out, double x) {
        out.println(String.format(Locale.ROOT, "%.2f", x));
        out.printf(Locale.ROOT, "%.2f", x);
    }

    long measures() {
        return System.nanoTime();
    }

    double calculates(double x) {
        return StrictMath.sin(x) + Math.sqrt(x) + Math.fma(x, x, x) + Math.max(x, 1);
    }

    String formats(double x) {
        return "I".toLowerCase(Locale.ROOT)
                + new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(x);
    }
}
