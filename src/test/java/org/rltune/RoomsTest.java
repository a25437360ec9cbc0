package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rltune.badroom.Innocent;
import org.rltune.badroom.Offender;
import org.rltune.check.Check;

/** The library keeps to its rooms and calls nothing that would make two machines differ. */
final class RoomsTest {
    private static final Rooms ROOMS = new Rooms(Rooms.TABLE);

    private static JavaClasses library;
    private static JavaClass offender;

    @BeforeAll
    static void importClasses() {
        library = new ClassFileImporter()
                .importUrl(Check.class.getProtectionDomain().getCodeSource().getLocation());
        offender = new ClassFileImporter().importClass(Offender.class);
    }

    @Test
    void findsTheLibrary() {
        Set<String> seen = library.stream().map(Rooms::roomOf).collect(Collectors.toSet());
        assertThat(seen).contains("check", "random", "json", "space", "env", "nn", "rollout", "ppo", "tune");
        assertThat(library).noneMatch(type -> type.getSimpleName().endsWith("Test"));
    }

    @Test
    void everyRoomImportsOnlyWhatItMay() {
        assertThat(library.stream().flatMap(type -> ROOMS.violations(type).stream()))
                .isEmpty();
    }

    @Test
    void libraryCodeCallsNothingForbidden() {
        assertThat(library.stream().flatMap(type -> Bans.violations(type).stream()))
                .isEmpty();
    }

    @Test
    void theTunerKnowsNoReinforcementLearning() {
        assertThat(Stream.of("tune", "tune.space", "tune.search", "tune.schedule", "tune.log")
                        .flatMap(room -> ROOMS.reachable(room).stream()))
                .doesNotContain("env", "nn", "nn.djl", "policy", "rollout", "ppo", "(root)");
    }

    @Test
    void theRootReachesEveryRoomButTheHeavyOne() {
        List<String> rooms = new ArrayList<>();
        Rooms.TABLE.forEach(
                line -> rooms.add(line.substring(0, line.indexOf('|')).strip()));
        rooms.removeAll(List.of("nn.djl", "(root)"));
        assertThat(ROOMS.reachable("(root)")).containsExactlyInAnyOrderElementsOf(rooms);
    }

    @Test
    void aTableThatGoesInACircleIsRefused() {
        assertThatThrownBy(() -> new Rooms(List.of("check | |", "a | b |", "b | a |")))
                .hasMessageContaining("circle");
        assertThatThrownBy(() -> new Rooms(List.of("check | |", "a | nowhere |")))
                .hasMessageContaining("nowhere");
    }

    @Test
    void anUnknownRoomIsCaught() {
        assertThat(ROOMS.violations(offender)).singleElement().asString().contains("unknown room 'badroom'");
    }

    @Test
    void aWrongImportIsCaught() {
        assertThat(ROOMS.violations(offender, "random"))
                .anyMatch(sentence -> sentence.contains("room 'random'") && sentence.contains("not 'json'"))
                .anyMatch(sentence -> sentence.contains("org.assertj") && sentence.contains("has no room"));
        assertThat(ROOMS.violations(offender, "space")).noneMatch(sentence -> sentence.contains("Json:"));
        JavaClass json = library.get("org.rltune.json.Json");
        assertThat(ROOMS.violations(json, "json")).isEmpty();
        assertThat(library.stream()
                        .filter(type -> Rooms.roomOf(type).equals("json"))
                        .flatMap(type -> ROOMS.violations(type, "plot").stream()))
                .anyMatch(sentence -> sentence.contains("only room 'json' may import com.fasterxml.jackson"));
    }

    @Test
    void everyOffenceIsCaught() {
        List<String> found = Bans.violations(offender);
        for (String offence : List.of(
                "System.out",
                "System.err",
                "PrintStream.printf",
                ".printStackTrace",
                "System.exit",
                "System.currentTimeMillis",
                "Collections.shuffle",
                "Random.<init>",
                "Math.random",
                "Math.tanh",
                "Math.sin",
                "Math.exp",
                "Math.log",
                "Math.pow",
                "String.format",
                "String.formatted",
                "String.toLowerCase",
                "DecimalFormat.<init>",
                "DateTimeFormatter.ofPattern",
                "java.io.ObjectOutputStream",
                "java.io.ObjectInputStream",
                "java.io.Serializable",
                "java.net.ServerSocket",
                "URL.openStream")) {
            assertThat(found)
                    .as(offence)
                    .anyMatch(sentence -> sentence.contains("uses " + offence + ":")
                            || (offence.startsWith(".") && sentence.contains(offence + ":")));
        }
    }

    @Test
    void whatIsAllowedIsNotCaught() {
        assertThat(Bans.violations(new ClassFileImporter().importClass(Innocent.class)))
                .isEmpty();
    }
}
