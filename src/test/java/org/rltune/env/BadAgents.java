package org.rltune.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/**
 * Two agents take turns, and both get a reward at each step; one of them leaves after 5 steps, and the other is truncated
 * after 8. With the name of a fault it breaks its contract in this way.
 */
final class BadAgents implements MultiAgentEnv {
    private static int made;

    private final String fault;
    private final int number = made++;
    private Pcg64 random = new Pcg64(0);
    private int resets;
    private int steps;
    private int turn;
    private boolean aHasLeft;

    BadAgents(String fault) {
        this.fault = fault;
        if (fault.equals("creator throws")) {
            throw new IllegalStateException("no");
        }
    }

    private boolean has(String name) {
        return fault.equals(name);
    }

    @Override
    public List<String> possibleAgents() {
        return switch (fault) {
            case "no agents" -> List.of();
            case "equal names" -> List.of("a", "a");
            case "named all" -> List.of("a", ALL);
            case "names by instance" -> List.of("a", "b" + number);
            default -> List.of("a", "b");
        };
    }

    @Override
    @SuppressWarnings("NullAway") // one fault is a missing space
    public Space<?> observationSpace(String agent) {
        if (has("space by call")) {
            return Box.of(0f, 100f + ++resets, 2);
        }
        return has("no space") ? null : Box.of(0f, 100f, 2);
    }

    @Override
    public Space<?> actionSpace(String agent) {
        return Discrete.of(3);
    }

    @Override
    @SuppressWarnings("NullAway") // one fault is a missing result
    public MultiAgentReset reset(@Nullable Long seed, Map<String, Object> options) {
        if (has("reset throws")) {
            throw new IllegalStateException("no");
        }
        if (seed != null && seed < 0 && !has("negative seed")) {
            throw new IllegalArgumentException("negative");
        }
        if (!options.isEmpty() && !has("options ignored")) {
            throw new IllegalArgumentException("unknown option");
        }
        if (seed != null && seed >= 0) {
            random = new Pcg64(has("seed ignored") ? ++resets : seed);
        }
        steps = 0;
        turn = 0;
        aHasLeft = false;
        if (has("reset null")) {
            return null;
        }
        return new MultiAgentReset(has("nobody begins") ? Map.of() : Map.of("a", seen()));
    }

    private float[] seen() {
        float first = has("instance number") ? number : steps;
        return new float[] {first, (float) random.uniform(0, 100) + (has("outside") && steps == 3 ? 100 : 0)};
    }

    @Override
    public Optional<Object> observe(String agent) {
        return has("cut without observation") ? Optional.empty() : Optional.of(new float[] {steps, 0});
    }

    @Override
    @SuppressWarnings("NullAway") // some faults are missing values
    public MultiAgentStep step(Map<String, Object> actions) {
        if (has("step throws")) {
            throw new IllegalStateException("no");
        }
        if (has("step null")) {
            return null;
        }
        steps++;
        turn = aHasLeft || steps == 5 ? 1 : 1 - turn;
        Map<String, Object> seen = new LinkedHashMap<>();
        Map<String, Double> rewards = new LinkedHashMap<>();
        if (!aHasLeft || has("reward after the end")) {
            rewards.put("a", has("reward NaN") ? Double.NaN : 1.0);
        }
        rewards.put("b", has("reward by call") ? ++resets : 0.5);
        if (has("unknown reward")) {
            rewards.put("c", 1.0);
        }
        if (steps < 8) {
            seen.put(List.of("a", "b").get(turn), has("observation null") ? null : seen());
        }
        if (has("unknown observation")) {
            seen.put("c", seen());
        }
        if (has("observation after the end") && aHasLeft) {
            seen.put("a", seen());
        }
        Set<String> terminated = steps == 5 ? Set.of("a") : Set.of();
        if (has("unknown end")) {
            terminated = Set.of("c");
        }
        if (has("ended twice") && aHasLeft) {
            terminated = Set.of("a");
        }
        aHasLeft |= steps == 5;
        return new MultiAgentStep(seen, rewards, terminated, steps == 8 ? Set.of("b") : Set.of());
    }

    @Override
    public void close() {
        if (has("close throws")) {
            throw new IllegalStateException("no");
        }
    }
}
