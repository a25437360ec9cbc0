package org.rltune.nn.djl;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.rltune.policy.Policy;

/** Loads a policy in a JVM of its own and prints what it does; or what is wrong. */
public final class OtherJvm {
    private static final long PATIENCE_SECONDS = 120;

    private OtherJvm() {}

    /** The folder of a policy whose observations are images of {@code args[1]} bytes. */
    public static void main(String[] args) {
        try {
            Policy policy = Policy.load(Path.of(args[0]));
            System.out.println(told(policy, Integer.parseInt(args[1])));
        } catch (IllegalArgumentException e) {
            System.out.println("refused: " + e.getMessage());
        }
        long loaded = Arrays.stream(new String[] {"ai.djl.engine.Engine", "ai.djl.nn.Block"})
                .filter(OtherJvm::isThere)
                .count();
        System.out.println("classes of DJL: " + loaded);
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, OtherJvm.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Returns actions and the bits of values for images of one bright byte. */
    static String told(Policy policy, int bytes) {
        List<String> told = new ArrayList<>();
        byte[] image = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            image[i] = (byte) 255;
            told.add(policy.act(image) + ":" + Integer.toHexString(Float.floatToRawIntBits(policy.value(image))));
            image[i] = 0;
        }
        return String.join(" ", told);
    }

    /** Runs {@link #main} and returns what it prints; {@code without} is a part of the names of jars that are left out. */
    static String run(String without, List<String> flags, String... args) throws Exception {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String rest = Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> without.isEmpty() || !entry.replace('\\', '/').contains(without))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx256m",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                rest));
        command.addAll(flags);
        command.add(OtherJvm.class.getName());
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The other JVM did not end: " + printed);
            }
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
