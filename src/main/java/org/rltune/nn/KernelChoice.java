package org.rltune.nn;

import java.util.Locale;

/**
 * Chooses the kernels once: the vector ones where the JVM was started with their module, else the plain ones.
 *
 * <p>The system property {@code rltune.kernels} ({@code auto}, {@code vector}, {@code plain}) overrules it, for tests and
 * measurements; results are the same bits either way.
 */
final class KernelChoice {
    static final Kernels BEST = choose(System.getProperty("rltune.kernels", "auto"));

    private KernelChoice() {}

    static boolean vectorModulePresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static Kernels choose(String wish) {
        switch (wish.toLowerCase(Locale.ROOT)) {
            case "plain":
                return PlainKernels.INSTANCE;
            case "vector":
            case "auto":
                break;
            default:
                throw new IllegalArgumentException("The system property rltune.kernels is '" + wish
                        + "', but it must be auto, vector or plain. Leave it out for auto.");
        }
        if (vectorModulePresent()) {
            return new VectorKernels();
        }
        String remedy = "start Java with --add-modules jdk.incubator.vector";
        if (wish.equalsIgnoreCase("vector")) {
            throw new IllegalArgumentException(
                    "The system property rltune.kernels asks for vector kernels, but their module is absent: " + remedy
                            + ".");
        }
        System.getLogger("org.rltune.nn")
                .log(
                        System.Logger.Level.INFO,
                        "Plain Java kernels in use; for more than twice the speed " + remedy + ".");
        return PlainKernels.INSTANCE;
    }
}
