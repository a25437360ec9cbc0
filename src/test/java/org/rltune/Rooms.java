package org.rltune;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rooms (packages) of the library, what each may import, and the judge of it. */
final class Rooms {
    static final String ROOT = "org.rltune";

    /**
     * One line a room: its name, the rooms it may import, and the libraries that only it may import, by package. What a
     * room may import it may also use through that room. {@code (root)} stands for {@code org.rltune} itself.
     */
    static final List<String> TABLE = List.of(
            "check         |                             |",
            "random        |                             |",
            "json          |                             | com.fasterxml.jackson org.yaml",
            "space         | random json                 |",
            "env           | space                       |",
            "env.render    | env                         |",
            "env.wrapper   | env env.render              |",
            "env.vector    | env.wrapper                 |",
            "nn            | random                      | jdk.incubator.vector",
            "nn.djl        | policy                      | ai.djl",
            "policy        | nn space json protobuf      |",
            "rollout       | env nn policy               |",
            "offline       | rollout tune                |",
            "ppo           | rollout tune offline        |",
            "tune.space    | random json                 |",
            "tune          | tune.space                  |",
            "tune.gp       | random                      | org.nd4j",
            "tune.search   | tune tune.gp                | org.hipparchus",
            "tune.schedule | tune tune.gp                |",
            "protobuf      |                             |",
            "tune.log      | tune json protobuf          | de.siegmar.fastcsv com.github.freva.asciitable",
            "tune.file     | tune.search tune.schedule json |",
            "plot          | tune.log                    | org.jfree org.apache.batik org.w3c.dom",
            "(root)        | env.vector policy rollout ppo tune.file tune.log plot |");

    /** Open to every room. */
    private static final String EVERYWHERE = "check";

    private static final List<String> FREE_LIBRARIES = List.of("java", "javax", "org.jspecify");

    private final Map<String, Set<String>> direct = new LinkedHashMap<>();
    private final Map<String, String> roomOfLibrary = new LinkedHashMap<>();

    Rooms(List<String> table) {
        for (String line : table) {
            String[] cells = line.split("\\|", -1);
            String room = cells[0].strip();
            Set<String> rooms = new TreeSet<>(words(cells[1]));
            if (!room.equals(EVERYWHERE)) {
                rooms.add(EVERYWHERE);
            }
            if (direct.put(room, rooms) != null) {
                throw new IllegalArgumentException("room '" + room + "' stands twice in the table");
            }
            words(cells[2]).forEach(library -> roomOfLibrary.put(library, room));
        }
        for (String room : direct.keySet()) {
            reachable(room, new ArrayList<>()); // throws where the table goes in a circle or names no room
        }
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The rooms that {@code room} may use, directly or through another. */
    Set<String> reachable(String room) {
        return reachable(room, new ArrayList<>());
    }

    private Set<String> reachable(String room, List<String> path) {
        if (path.contains(room)) {
            throw new IllegalArgumentException("the table goes in a circle: " + path + " -> " + room);
        }
        if (!direct.containsKey(room)) {
            throw new IllegalArgumentException("the table names no room '" + room + "'");
        }
        path.add(room);
        Set<String> all = new TreeSet<>(direct.get(room));
        for (String next : direct.get(room)) {
            all.addAll(reachable(next, path));
        }
        path.remove(room);
        return all;
    }

    static String roomOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "(root)" : name.substring(ROOT.length() + 1);
    }

    List<String> violations(JavaClass type) {
        return violations(type, roomOf(type));
    }

    /** What is wrong with {@code type} if it stands in {@code room}; one sentence for each dependency. */
    List<String> violations(JavaClass type, String room) {
        if (!direct.containsKey(room)) {
            return List.of(type.getName() + " stands in the unknown room '" + room + "'. Rooms: " + direct.keySet());
        }
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> violation(dependency, room))
                .filter(sentence -> !sentence.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    private String violation(Dependency dependency, String room) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String name = target.getPackageName();
        String who = dependency.getOriginClass().getName() + " uses " + target.getName() + ": ";
        if (target.isPrimitive()) {
            return "";
        }
        if (within(name, ROOT)) {
            String other = roomOf(target);
            boolean allowed = other.equals(room) || reachable(room).contains(other);
            return allowed ? "" : who + "room '" + room + "' may use " + reachable(room) + ", not '" + other + "'";
        }
        for (Map.Entry<String, String> library : roomOfLibrary.entrySet()) {
            if (within(name, library.getKey())) {
                String owner = library.getValue();
                return owner.equals(room) ? "" : who + "only room '" + owner + "' may import " + library.getKey();
            }
        }
        return FREE_LIBRARIES.stream().anyMatch(free -> within(name, free))
                ? ""
                : who + "the library has no room; give it one in the table";
    }

    private static boolean within(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }
}
