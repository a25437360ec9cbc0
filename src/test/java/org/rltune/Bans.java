package org.rltune;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What library code must not call, with the reason and what to use instead. */
final class Bans {

    /** Members of a type and of what extends it; {@code *} is any member. */
    private record Ban(String type, List<String> members, boolean unlessLocale, String remedy) {
        static Ban of(String typeAndMembers, String remedy) {
            return parse(typeAndMembers, false, remedy);
        }

        static Ban unlessLocale(String typeAndMembers) {
            return parse(typeAndMembers, true, "the text depends on the machine's locale; pass Locale.ROOT");
        }

        private static Ban parse(String typeAndMembers, boolean unlessLocale, String remedy) {
            String[] parts = typeAndMembers.split("#", -1);
            return new Ban(parts[0], Arrays.asList(parts[1].split(",", -1)), unlessLocale, remedy);
        }

        boolean matches(JavaAccess<?> access) {
            return access.getTargetOwner().isAssignableTo(type)
                    && (members.contains("*") || members.contains(access.getName()))
                    && !(unlessLocale && takesLocale(access));
        }

        private static boolean takesLocale(JavaAccess<?> access) {
            return access.getTarget() instanceof CodeUnitAccessTarget target
                    && target.getRawParameterTypes().stream().anyMatch(Bans::carriesLocale);
        }
    }

    private static final String CLOCK = "durations come from System.nanoTime, dates from an Instant that was given";
    private static final String RANDOM = "draw from a named stream (org.rltune.random.Seeds)";
    private static final String PRINT = "print to a PrintStream that was given, or log by System.Logger";
    private static final String STRICT =
            "its last bits differ between machines; use StrictMath or a polynomial of ours";
    private static final String SERIAL = "no Java serialization; write JSON or a versioned binary format";
    private static final String NETWORK = "the library opens no connections";

    /**
     * The door of the library may name standard output as the default stream of its console reporter; the failure file of a
     * trial holds a stack trace, written to a file.
     */
    private static final Map<String, List<String>> ALLOWED = Map.of(
            "org.rltune.Tune", List.of("System.out"),
            "org.rltune.tune.TrialFiles", List.of("Throwable.printStackTrace"));

    private static final List<Ban> CALLS = List.of(
            Ban.of("java.lang.System#out,err,setOut,setErr", PRINT),
            Ban.of("java.lang.Throwable#printStackTrace", PRINT),
            Ban.of("java.lang.System#currentTimeMillis", CLOCK),
            Ban.of("java.lang.System#exit", "throw an exception; the main decides how the process ends"),
            Ban.of("java.lang.Runtime#exit,halt", "throw an exception; the main decides how the process ends"),
            Ban.of("java.lang.Math#random", RANDOM),
            Ban.of("java.util.Random#<init>", RANDOM),
            Ban.of("java.util.SplittableRandom#*", RANDOM),
            Ban.of("java.util.concurrent.ThreadLocalRandom#*", RANDOM),
            Ban.of("java.security.SecureRandom#*", RANDOM),
            Ban.of("java.util.UUID#randomUUID", RANDOM),
            Ban.of("java.util.Collections#shuffle", RANDOM),
            Ban.of(
                    "java.lang.Math#sin,cos,tan,asin,acos,atan,atan2,sinh,cosh,tanh,exp,expm1,log,log10,log1p,pow,cbrt,"
                            + "hypot",
                    STRICT),
            Ban.unlessLocale("java.lang.String#format,formatted,toLowerCase,toUpperCase"),
            Ban.unlessLocale("java.io.PrintStream#printf,format"),
            Ban.unlessLocale("java.io.PrintWriter#printf,format"),
            Ban.unlessLocale("java.util.Formatter#<init>"),
            Ban.unlessLocale("java.util.Scanner#<init>"),
            Ban.unlessLocale("java.text.DecimalFormat#<init>"),
            Ban.unlessLocale(
                    "java.text.NumberFormat#getInstance,getNumberInstance,getIntegerInstance,getPercentInstance"),
            Ban.unlessLocale("java.text.SimpleDateFormat#<init>"),
            Ban.unlessLocale("java.time.format.DateTimeFormatter#ofPattern"),
            Ban.of("java.net.URL#openConnection,openStream", NETWORK));

    private record TypeBan(String type, String remedy) {}

    private static final List<TypeBan> TYPES = List.of(
            new TypeBan("java.io.Serializable", SERIAL),
            new TypeBan("java.io.ObjectOutputStream", SERIAL),
            new TypeBan("java.io.ObjectInputStream", SERIAL),
            new TypeBan("java.net.ServerSocket", NETWORK),
            new TypeBan("java.net.Socket", NETWORK),
            new TypeBan("java.net.DatagramSocket", NETWORK),
            new TypeBan("java.net.URLConnection", NETWORK),
            new TypeBan("java.net.HttpURLConnection", NETWORK),
            new TypeBan("java.net.http.HttpClient", NETWORK),
            new TypeBan("java.nio.channels.SocketChannel", NETWORK),
            new TypeBan("java.nio.channels.ServerSocketChannel", NETWORK));

    private Bans() {}

    /** DecimalFormat takes its locale inside DecimalFormatSymbols. */
    private static boolean carriesLocale(JavaClass parameter) {
        return parameter.getName().equals("java.util.Locale")
                || parameter.getName().equals("java.text.DecimalFormatSymbols");
    }

    /** One sentence for each forbidden call, method reference, field or type. */
    static List<String> violations(JavaClass type) {
        List<String> found = new ArrayList<>();
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            CALLS.stream()
                    .filter(ban -> ban.matches(access))
                    .filter(ban -> !allowed(type, access))
                    .forEach(ban -> found.add(sentence(
                            type,
                            access.getLineNumber(),
                            access.getTargetOwner().getSimpleName() + "." + access.getName(),
                            ban.remedy())));
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String target = dependency.getTargetClass().getBaseComponentType().getName();
            TYPES.stream()
                    .filter(ban -> ban.type().equals(target))
                    .forEach(ban -> found.add(
                            sentence(type, dependency.getSourceCodeLocation().getLineNumber(), target, ban.remedy())));
        }
        return found.stream().distinct().sorted().toList();
    }

    private static boolean allowed(JavaClass type, JavaAccess<?> access) {
        String call = access.getTargetOwner().getSimpleName() + "." + access.getName();
        return ALLOWED.getOrDefault(type.getName(), List.of()).contains(call);
    }

    private static String sentence(JavaClass type, int line, String what, String remedy) {
        return type.getName() + " line " + line + " uses " + what + ": " + remedy;
    }
}
