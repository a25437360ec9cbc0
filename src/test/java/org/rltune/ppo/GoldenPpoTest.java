package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;

/**
 * What version 1 of PPO's checkpoint wrote is read for ever: the files in {@code checkpoint-1} are those of a trainer with
 * filter, scaled rewards, schedules and KL after two iterations. They are never written anew; another version of the format
 * gets a folder of its own, by {@link #main}.
 */
class GoldenPpoTest {
    /** Of {@link #state} after the iteration that follows the checkpoint, and of some actions, as version 1 gave them. */
    private static final String NEXT_STATE = "e4e332e0a668bb05";

    private static final List<String> ACTIONS = List.of("bd2efb20", "bcf34b00", "bcdb77c0", "bccf70c0", "bc790300");

    @BeforeEach
    void register() {
        ToyEnvs.register();
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
    }

    private static PpoConfig settings() {
        return PpoConfig.of(ToyEnvs.STEER)
                .numWorkers(2)
                .numEnvsPerWorker(2)
                .trainBatchSize(128)
                .sgdMinibatchSize(32)
                .numSgdIter(2)
                .fcnetHiddens(List.of(8))
                .lrSchedule(List.of(List.of(0.0, 3e-3), List.of(1000.0, 0.0)))
                .klCoeff(0.2)
                .observationFilter(MeanStdFilter.NAME)
                .normReward(true)
                .seed(5);
    }

    /** Writes such files into an empty folder, and prints what the test expects of them. */
    public static void main(String[] args) throws Exception {
        ToyEnvs.register();
        try (PpoTrainer trainer = settings().build()) {
            trainer.train();
            trainer.train();
            for (Map.Entry<String, byte[]> file : trainer.save().entrySet()) {
                Files.write(Path.of(args[0], file.getKey()), file.getValue());
            }
            List<String> actions = actions(trainer.policy());
            trainer.train();
            System.out.println(state(trainer) + " " + actions);
        }
    }

    private static String state(PpoTrainer trainer) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        new TreeMap<>(trainer.save()).forEach((name, content) -> digest.update(content));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }

    /** The most probable actions for some observations, as the hexadecimal digits of their bits. */
    private static List<String> actions(Policy policy) {
        return Stream.of(-3f, -0.5f, 0f, 0.25f, 2f)
                .map(x -> {
                    float[] observation = new float[policy.network().observationSize()];
                    observation[0] = x;
                    float action = ((float[]) policy.act(observation))[0];
                    return Integer.toHexString(Float.floatToIntBits(action));
                })
                .toList();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(GoldenPpoTest.class.getResource("checkpoint-1"))
                .toURI());
    }

    private static Map<String, byte[]> files() throws IOException, URISyntaxException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder())) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void aTrainerGoesOnFromVersion1() throws Exception {
        try (PpoTrainer trainer = settings().build()) {
            trainer.restore(files());
            assertThat(trainer.save()).containsExactlyInAnyOrderEntriesOf(files());
            trainer.train();
            assertThat(state(trainer)).isEqualTo(NEXT_STATE);
        }
    }

    @Test
    void aPolicyOfVersion1ActsAsItDid() throws Exception {
        assertThat(actions(Policy.fromFiles(files()))).isEqualTo(ACTIONS);
    }
}
