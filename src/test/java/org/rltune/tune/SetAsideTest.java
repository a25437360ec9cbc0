package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {
    @TempDir
    Path folder;

    /** A damaged checkpoint may be that of a trial and of the one that copied it, which find the damage at the same time. */
    @Test
    void onlyOneOfTwoTrialsSetsTheSameCheckpointAside() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 200; i++) {
                Path damaged = Files.createDirectories(
                        folder.resolve(Integer.toString(i)).resolve("checkpoint_000002"));
                Files.writeString(damaged.resolve("manifest.json"), "{");
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Optional<Path>>> both = new ArrayList<>();
                for (int t = 0; t < 2; t++) {
                    both.add(threads.submit(() -> {
                        start.await();
                        return Optional.ofNullable(AtomicFiles.setAsideIfThere(damaged, "damaged-"));
                    }));
                }
                start.countDown();
                List<Path> moved = new ArrayList<>();
                for (Future<Optional<Path>> one : both) {
                    one.get().ifPresent(moved::add);
                }
                assertThat(moved).hasSize(1);
                assertThat(Objects.requireNonNull(moved.get(0)).getFileName()).hasToString("damaged-checkpoint_000002");
                assertThat(moved.get(0).resolve("manifest.json")).hasContent("{");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
