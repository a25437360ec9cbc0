package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** Damaged checkpoints of several agents: refused by name, or read; and then training goes on. */
@Timeout(120)
class HostileAgentsTest {
    private static final List<Object> HOSTILE = List.of(
            -1L,
            1L,
            2L,
            7L,
            2147483648L,
            -0.5,
            "text",
            "NaN",
            "first",
            "../x",
            true,
            List.of(),
            Map.of(),
            List.of(1L, 1L),
            List.of(List.of(0L, 2147483647L)),
            List.of(0L, 3L, 0.5, 2L),
            List.of(List.of(0L, 1L, 0.5, 2L)));

    private MultiAgentPpoTrainer trainer;
    private Map<String, byte[]> good;

    @BeforeEach
    void trainOne() {
        ToyAgents.register();
        trainer = PpoConfig.of(ToyAgents.RACE)
                .policyMappingFn("by_agent")
                .policiesToTrain(List.of("first"))
                .numEnvsPerWorker(2)
                .numWorkers(2)
                .trainBatchSize(40)
                .sgdMinibatchSize(16)
                .numSgdIter(1)
                .fcnetHiddens(List.of(3))
                .observationFilter("MeanStdFilter")
                .buildMultiAgent();
        trainer.train();
        trainer.addPolicy("snapshot", "second");
        trainer.train();
        good = trainer.save();
    }

    @AfterEach
    void close() {
        trainer.close();
        ToyAgents.unregister();
    }

    /** Returns whether it was read; whatever was, goes on. */
    private boolean attack(String name, byte[] content) {
        Map<String, byte[]> files = new LinkedHashMap<>(good);
        files.put(name, content);
        try {
            trainer.restore(files);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(name.substring(name.indexOf('.') + 1));
            return false;
        }
        trainer.train();
        return true;
    }

    @Test
    void aCheckpointHasTheFilesOfEachPolicy() {
        List<String> names = new ArrayList<>(List.of("trainer.json", "episodes.bin", "open.bin"));
        for (String policy : List.of("first", "second", "snapshot")) {
            names.addAll(List.of(policy + ".policy.json", policy + ".weights.bin", policy + ".optimizer.bin"));
        }
        assertThat(good.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(good.get("open.bin").length).as("somebody waits").isGreaterThan(8);
        assertThat(attack("open.bin", good.get("open.bin"))).isTrue();
    }

    @Test
    void everyFileThatIsMissingCutOrLongerIsRefused() {
        good.forEach((name, content) -> {
            Map<String, byte[]> without = new LinkedHashMap<>(good);
            without.remove(name);
            assertThatThrownBy(() -> trainer.restore(without))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name.substring(name.indexOf('.') + 1));
            for (int length = 0; length < content.length; length += Math.max(1, content.length / 40)) {
                assertThat(attack(name, Arrays.copyOf(content, length)))
                        .as("%s cut to %d", name, length)
                        .isFalse();
            }
            assertThat(attack(name, Arrays.copyOf(content, content.length + 4)))
                    .as(name)
                    .isFalse();
        });
    }

    @Test
    void flippedBitsAreReadOrRefused() {
        Pcg64 random = new Pcg64(7);
        good.forEach((name, content) -> {
            for (int i = 0; i < 60; i++) {
                byte[] flipped = content.clone();
                flipped[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                try {
                    attack(name, flipped);
                } catch (ArithmeticException diverged) {
                    assertThat(diverged).hasMessageContaining("diverged"); // a weight became huge
                }
            }
        });
    }

    @Test
    void wrongValuesInJsonAreReadOrRefused() {
        Object json = Json.parse(new String(good.get("trainer.json"), StandardCharsets.UTF_8), "trainer.json");
        int refused = 0;
        for (Object hostile : HOSTILE) {
            List<Object> changed = new ArrayList<>();
            replaceEach(json, hostile, changed);
            for (Object other : changed) {
                refused += attack("trainer.json", Json.write(other).getBytes(StandardCharsets.UTF_8)) ? 0 : 1;
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    /** Copies of a value, in each of which one part is replaced; of long lists only the first parts. */
    private static void replaceEach(Object value, Object by, List<Object> out) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> {
                List<Object> parts = new ArrayList<>(List.of(by));
                replaceEach(part, by, parts);
                for (Object other : parts) {
                    Map<Object, Object> copy = new LinkedHashMap<>(map);
                    copy.put(key, other);
                    out.add(copy);
                }
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < Math.min(list.size(), 2); i++) {
                List<Object> parts = new ArrayList<>(List.of(by));
                replaceEach(list.get(i), by, parts);
                for (Object other : parts) {
                    List<Object> copy = new ArrayList<>(list);
                    copy.set(i, other);
                    out.add(copy);
                }
            }
        }
    }
}
