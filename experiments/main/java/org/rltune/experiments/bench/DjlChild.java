package org.rltune.experiments.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A minibatch step of DJL on PyTorch, one thread, in a JVM of its own. */
final class DjlChild {
    private DjlChild() {}

    /** Returns the median in microseconds; the network is a shared one. */
    static double median(Path jars, LearnerStep step, double seconds) throws IOException {
        SourceJvm jvm = new SourceJvm(
                "DjlStep.java",
                jars,
                "bench-djl",
                List.of(
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-DENGINE_CACHE_DIR=" + jars.resolveSibling("djl-natives"),
                        "-Dai.djl.pytorch.num_threads=1",
                        "-Dai.djl.pytorch.num_interop_threads=1"));
        try (SourceJvm.Running child = jvm.start(
                Map.of(),
                List.of(),
                Integer.toString(step.hidden()),
                Integer.toString(step.samples()),
                Double.toString(seconds))) {
            return Double.parseDouble(child.answer("djl-step-us"));
        }
    }
}
