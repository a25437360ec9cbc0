package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;

/** Folders of checkpoints that are damaged or hostile: read as they were, or refused by name, and never more than is there. */
@Timeout(120)
class HostileFolderTest {
    private static final long ALLOWED_BYTES = 512 << 10;
    private static final long ALLOWED_FOR_A_BYTE = 64;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path storage;

    private Path folder;
    private Map<String, byte[]> good;
    private int refused;

    @BeforeEach
    void writeOne() {
        folder = storage.resolve("checkpoint_000001");
        byte[] numbers = new byte[300];
        new SplittableRandom(1).nextBytes(numbers);
        good = Map.of("weights.bin", numbers, "more.json", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
        CheckpointFolder.write(folder, good, Map.of("trial_id", "t00000"));
        for (int i = 0; i < 20; i++) { // what is loaded once is no part of the measurement
            CheckpointFolder.read(folder);
        }
    }

    private void attack(String what, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        byte[] before = Files.readAllBytes(file);
        Files.write(file, content);
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Map<String, byte[]> read = CheckpointFolder.read(folder);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            read.keySet()
                    .forEach(key -> assertThat(good.containsKey(key) || key.equals("trial.json"))
                            .as(key)
                            .isTrue());
            good.forEach((key, bytes) -> {
                if (read.containsKey(key)) {
                    assertThat(read.get(key)).as(what).isEqualTo(bytes);
                }
            });
        } catch (IllegalArgumentException e) {
            allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            refused++;
            assertThat(e).as(what).hasMessageContaining("checkpoint_000001");
        } catch (RuntimeException e) {
            throw new AssertionError(what + " of " + name, e);
        }
        assertThat(allocated).as(what).isLessThan(ALLOWED_BYTES + ALLOWED_FOR_A_BYTE * (2000 + content.length));
        Files.write(file, before);
    }

    @Test
    void whateverIsCutOrFlippedIsNoticed() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (String name : List.of("weights.bin", "more.json", "trial.json")) {
            byte[] content = Files.readAllBytes(folder.resolve(name));
            for (int length = 0; length < content.length; length++) {
                attack("cut to " + length, name, Arrays.copyOf(content, length));
                byte[] flipped = content.clone();
                flipped[length] ^= (byte) (1 << random.nextInt(8));
                attack("a bit of byte " + length, name, flipped);
            }
            attack("longer", name, Arrays.copyOf(content, content.length + 1));
            assertThat(refused).as(name).isEqualTo(2 * content.length + 1);
            refused = 0;
        }
    }

    @Test
    void aDamagedManifestIsRefusedOrMeansTheSame() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        byte[] content = Files.readAllBytes(folder.resolve("manifest.json"));
        for (int length = 0; length < content.length; length++) {
            attack("cut to " + length, "manifest.json", Arrays.copyOf(content, length));
            byte[] flipped = content.clone();
            flipped[length] ^= (byte) (1 << random.nextInt(8));
            attack("a bit of byte " + length, "manifest.json", flipped);
        }
        assertThat(refused).isGreaterThan(content.length);
    }

    @Test
    void aManifestThatAnnouncesMuchIsNotBelieved() throws IOException {
        Map<String, Object> manifest = Json.readObject(folder.resolve("manifest.json"));
        for (Object size : List.of(-1L, 0L, 1L, 1L << 31, Long.MAX_VALUE, 1e300, "NaN", "300", List.of(), Map.of())) {
            for (String name :
                    List.of("weights.bin", "../../etc/passwd", "/etc/passwd", "manifest.json", "none.bin", "")) {
                Map<String, Object> changed = new LinkedHashMap<>(manifest);
                changed.put("files", Map.of(name, Map.of("size", size, "sha256", "0".repeat(64))));
                int before = refused;
                attack(
                        name + " of " + size,
                        "manifest.json",
                        Json.write(changed).getBytes(StandardCharsets.UTF_8));
                assertThat(refused).as(name + " of " + size).isEqualTo(before + 1);
            }
        }
        for (Object version : List.of(-1L, 0L, 99L, 1e300, "1", List.of())) {
            Map<String, Object> changed = new LinkedHashMap<>(manifest);
            changed.put("version", version);
            int before = refused;
            attack("version " + version, "manifest.json", Json.write(changed).getBytes(StandardCharsets.UTF_8));
            assertThat(refused).as("version " + version).isEqualTo(before + 1);
        }
        for (String text : List.of("[".repeat(50_000), "{\"files\":".repeat(50_000), "9".repeat(50_000), "\"x\"")) {
            int before = refused;
            attack(text.substring(0, 3), "manifest.json", text.getBytes(StandardCharsets.UTF_8));
            assertThat(refused).isEqualTo(before + 1);
        }
    }
}
