package org.rltune.experiments;

import java.util.ArrayList;
import java.util.List;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * How the values of a space are written in a trace: a Box as comma-joined 8-digit hex of the float32 bits, a Discrete as
 * a decimal integer, a Tuple of them as integers joined by commas.
 */
sealed interface TraceValues {
    /** Reads a value. Throws IllegalArgumentException for text that is none. */
    Object parse(String text);

    /** 0 when all bits agree, else the largest absolute difference; infinite for discrete values and NaN. */
    double difference(Object expected, Object actual);

    /** The form for this space. */
    static TraceValues of(Space<?> space) {
        if (space instanceof Box box) {
            return new Floats(box.size());
        }
        if (space instanceof Discrete) {
            return new Index();
        }
        if (space instanceof Tuple tuple) {
            return new Parts(tuple.spaces().stream().map(TraceValues::of).toList());
        }
        throw new IllegalArgumentException("No trace form is known for values of " + space);
    }

    /** Float arrays. */
    record Floats(int size) implements TraceValues {
        @Override
        public Object parse(String text) {
            String[] words = text.split(",", -1);
            if (words.length != size) {
                throw new IllegalArgumentException("expected " + size + " float32 values, but found " + words.length);
            }
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                if (words[i].length() != 8) {
                    throw new IllegalArgumentException(
                            "a float32 has 8 hex digits, but value " + i + " is " + words[i]);
                }
                values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
            }
            return values;
        }

        @Override
        public double difference(Object expected, Object actual) {
            float[] a = (float[]) expected;
            float[] b = (float[]) actual;
            if (a.length != b.length) {
                return Double.POSITIVE_INFINITY;
            }
            double largest = 0;
            for (int i = 0; i < a.length; i++) {
                if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
                    double difference = Math.abs((double) a[i] - b[i]);
                    // Two zeros of different sign differ in their bits, by less than any number can say.
                    largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
                    largest = Math.max(largest, Double.MIN_VALUE);
                }
            }
            return largest;
        }
    }

    /** Integers. */
    record Index() implements TraceValues {
        @Override
        public Object parse(String text) {
            return Integer.valueOf(text);
        }

        @Override
        public double difference(Object expected, Object actual) {
            return expected.equals(actual) ? 0 : Double.POSITIVE_INFINITY;
        }
    }

    /** Lists of values that each are one word. */
    record Parts(List<TraceValues> forms) implements TraceValues {
        @Override
        public Object parse(String text) {
            String[] words = text.split(",", -1);
            if (words.length != forms.size()) {
                throw new IllegalArgumentException("expected " + forms.size() + " values, but found " + words.length);
            }
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < words.length; i++) {
                values.add(forms.get(i).parse(words[i]));
            }
            return values;
        }

        @Override
        public double difference(Object expected, Object actual) {
            List<?> a = (List<?>) expected;
            List<?> b = (List<?>) actual;
            double largest = a.size() == b.size() ? 0 : Double.POSITIVE_INFINITY;
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                largest = Math.max(largest, forms.get(i).difference(a.get(i), b.get(i)));
            }
            return largest;
        }
    }
}
