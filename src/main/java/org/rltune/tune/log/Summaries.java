package org.rltune.tune.log;

import java.util.Arrays;
import org.rltune.protobuf.ProtoMessage;

/**
 * The messages of an event file, by the field numbers of TensorBoard 2.21's {@code event.proto}, {@code summary.proto} and
 * {@code tensor.proto}.
 */
final class Summaries {
    private static final int BUCKETS = 30;
    private static final int DT_FLOAT = 1;
    private static final int DT_STRING = 7;
    private static final int DATA_CLASS_TENSOR = 2;

    private Summaries() {}

    /** Returns the event with which every file begins. */
    static ProtoMessage fileVersion(double wallTime) {
        return new ProtoMessage().number(1, wallTime).text(3, "brain.Event:2");
    }

    /** Returns an event of one summary: several values at one step. */
    static ProtoMessage event(double wallTime, long step, ProtoMessage summary) {
        return new ProtoMessage().number(1, wallTime).integer(2, step).message(5, summary);
    }

    /** Adds a number to a summary. */
    static void scalar(ProtoMessage summary, String tag, double value) {
        summary.message(1, new ProtoMessage().text(1, tag).number(2, (float) value));
    }

    /** Adds a text in Markdown to a summary. */
    static void text(ProtoMessage summary, String tag, String markdown) {
        ProtoMessage shape = new ProtoMessage().message(2, new ProtoMessage().integer(1, 1));
        ProtoMessage tensor =
                new ProtoMessage().integer(1, DT_STRING).message(2, shape).text(8, markdown);
        summary.message(
                1,
                new ProtoMessage()
                        .text(1, tag)
                        .message(9, metadata("text", new byte[0]).integer(4, DATA_CLASS_TENSOR))
                        .message(8, tensor));
    }

    /** Adds a value without content of its own, which a plug-in of TensorBoard reads from its metadata. */
    static void plugin(ProtoMessage summary, String tag, String plugin, ProtoMessage content) {
        // A float without dimensions: 0, which nobody reads.
        ProtoMessage nothing = new ProtoMessage()
                .integer(1, DT_FLOAT)
                .message(2, new ProtoMessage())
                .number(5, 0f);
        summary.message(
                1,
                new ProtoMessage()
                        .text(1, tag)
                        .message(9, metadata(plugin, content.toByteArray()).integer(4, DATA_CLASS_TENSOR))
                        .message(8, nothing));
    }

    private static ProtoMessage metadata(String plugin, byte[] content) {
        return new ProtoMessage().message(1, new ProtoMessage().text(1, plugin).bytes(2, content));
    }

    /** Adds the distribution of numbers to a summary: 30 buckets as wide as each other; at least one finite number. */
    static void histogram(ProtoMessage summary, String tag, double[] values) {
        double min = Arrays.stream(values).min().orElseThrow();
        double max = Arrays.stream(values).max().orElseThrow();
        int buckets = min == max ? 1 : BUCKETS;
        double[] limits = new double[buckets];
        double[] counts = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            limits[i] = i == buckets - 1 ? max : min + (max - min) * (i + 1) / buckets;
        }
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            int bucket = 0;
            while (value > limits[bucket]) {
                bucket++;
            }
            counts[bucket]++;
            sum += value;
            squares += value * value;
        }
        ProtoMessage histogram = new ProtoMessage()
                .number(1, min)
                .number(2, max)
                .number(3, (double) values.length)
                .number(4, sum)
                .number(5, squares)
                .numbers(6, limits)
                .numbers(7, counts);
        summary.message(1, new ProtoMessage().text(1, tag).message(5, histogram));
    }
}
