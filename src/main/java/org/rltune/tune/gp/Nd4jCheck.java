package org.rltune.tune.gp;

/** Says before a run starts whether ND4J is there. */
public final class Nd4jCheck {
    private Nd4jCheck() {}

    /**
     * Loads ND4J with its native code, which takes about a second the first time.
     *
     * @param what names who needs it, such as {@code GaussianProcessSearch}
     * @throws IllegalArgumentException if it is not on the class path, or has no native code for this machine
     */
    public static void require(String what) {
        require(what, "org.nd4j.linalg.factory.Nd4j");
    }

    static void require(String what, String className) {
        try {
            Class.forName(className);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    what + " needs ND4J, an optional dependency, but " + className + " cannot be loaded (" + e
                            + "). Add org.nd4j:nd4j-native-platform:1.0.0-M2.1 to the class path, or use a method that does"
                            + " without it.",
                    e);
        }
    }
}
