package org.rltune.experiments.bench;

import java.io.IOException;
import org.rltune.experiments.ChildJvm;

/**
 * A minibatch step in a JVM of its own, which may have other kernels. Arguments: width of the layers, shared, samples,
 * seconds.
 */
final class StepChild {
    private static final String MARK = "step-us ";

    private StepChild() {}

    /** Returns the median in microseconds, on the plain kernels. */
    static double plain(LearnerStep step, double seconds) throws IOException, InterruptedException {
        ChildJvm.Result result = ChildJvm.same("-Drltune.kernels=plain")
                .run(
                        StepChild.class,
                        Integer.toString(step.hidden()),
                        Boolean.toString(step.shared()),
                        Integer.toString(step.samples()),
                        Double.toString(seconds));
        return result.output().stream()
                .filter(line -> line.startsWith(MARK))
                .mapToDouble(line -> Double.parseDouble(line.substring(MARK.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The JVM with plain kernels gave no answer: " + String.join(" ", result.output())));
    }

    /** Measures and prints. */
    public static void main(String[] args) {
        LearnerStep step =
                new LearnerStep(Integer.parseInt(args[0]), Boolean.parseBoolean(args[1]), Integer.parseInt(args[2]));
        System.out.println(MARK + step.measure(Double.parseDouble(args[3])).median());
    }
}
