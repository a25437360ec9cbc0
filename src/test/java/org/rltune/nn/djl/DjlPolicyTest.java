package org.rltune.nn.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.policy.ActionScaling;
import org.rltune.policy.NetworkProviders;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.space.ArrayBox;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** Policies with a network of DJL: saved here, loaded there, damaged on the way. */
final class DjlPolicyTest {
    private static final Space<byte[]> IMAGES = ArrayBox.uint8(0, 255, 8, 9, 1);
    private static final Discrete ACTIONS = Discrete.of(3);

    private static Policy policy(ActorCritic network) {
        return new Policy(IMAGES, ACTIONS, network, new ActionScaling(ACTIONS, true));
    }

    private static ActorCritic convolutions() {
        DjlActorCritic network = DjlConvTest.network(DjlConvTest.model("small", List.of(6), true), IMAGES, 4);
        Pcg64 random = new Pcg64(9);
        for (int i = 0; i < network.parameters().length; i++) {
            network.parameters()[i] += (float) random.uniform(-0.1, 0.1);
        }
        return network;
    }

    @Test
    void actsInAnotherJvmWithTheSameBits(@TempDir Path folder) throws Exception {
        Policy policy = policy(convolutions());
        policy.save(folder);
        assertThat(OtherJvm.run("", List.of(), folder.toString(), "72"))
                .contains(OtherJvm.told(policy, 72))
                .contains("classes of DJL: 2");
    }

    @Test
    void withoutDjlAnMlpActsAndAnythingElseSaysWhatIsMissing(@TempDir Path folder) throws Exception {
        Mlp mlp = new Mlp(new MlpConfig(72, 3, List.of(8), org.rltune.nn.Activation.TANH, false, false));
        mlp.initialize(new Pcg64(1), 0);
        Policy plain = policy(mlp);
        plain.save(folder.resolve("mlp"));
        assertThat(OtherJvm.run("/ai/djl/", List.of(), folder.resolve("mlp").toString(), "72"))
                .contains(OtherJvm.told(plain, 72))
                .contains("classes of DJL: 0");
        policy(convolutions()).save(folder.resolve("conv"));
        assertThat(OtherJvm.run("/ai/djl/", List.of(), folder.resolve("conv").toString(), "72"))
                .contains("refused: policy.json: The network needs DJL, an optional dependency, but ai/djl/")
                .contains("ai.djl.pytorch:pytorch-engine:0.36.0")
                .contains("pytorch-native-cpu:2.7.1")
                .contains("classes of DJL: 0");
    }

    @Test
    void withoutNativeCodeNothingIsDownloadedAndItIsSaidWhatIsMissing(@TempDir Path folder) throws Exception {
        policy(convolutions()).save(folder.resolve("conv"));
        List<String> empty = List.of("-DENGINE_CACHE_DIR=" + folder.resolve("cache"));
        assertThat(OtherJvm.run(
                        "/pytorch-native-cpu/", empty, folder.resolve("conv").toString(), "72"))
                .contains("refused: policy.json: DJL's PyTorch engine cannot be loaded")
                .contains("Offline mode is enabled")
                .contains("pytorch-native-cpu:2.7.1 with the classifier of your platform");
    }

    @Test
    void anUnknownFrameworkIsNamed() {
        assertThatThrownBy(() -> NetworkProviders.of("tensorflow"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No provider of networks offers the framework 'tensorflow', only [djl]");
    }

    /** Every value of the network's description replaced by others: refused by name, and without memory. */
    @Test
    void aDamagedDescriptionIsRefusedAndTakesNoMemory() {
        Map<String, byte[]> good = policy(convolutions()).files();
        Policy.fromFiles(good);
        List<Object> hostile = new ArrayList<>(List.of(
                -1L,
                0L,
                1L << 31,
                Long.MAX_VALUE,
                1e308,
                "text",
                List.of(),
                Map.of(),
                List.of(1L << 30, 1L << 30),
                List.of(List.of(65_536L, 65_536L, 1L), List.of(65_536L, 3L, 1L)),
                List.of(List.of(65_536L, 1L, 1L), List.of(65_536L, 1L, 1L))));
        hostile.add(null);
        com.sun.management.ThreadMXBean memory =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (String key : List.of(
                "type",
                "observation_size",
                "head_outputs",
                "free_log_std",
                "model",
                "model/conv_filters",
                "model/conv_activation",
                "model/post_fcnet_hiddens",
                "model/post_fcnet_activation",
                "model/vf_share_layers",
                "model/custom_model",
                "model/fcnet_hiddens")) {
            for (Object value : hostile) {
                Map<String, byte[]> files = new LinkedHashMap<>(good);
                files.put("policy.json", with(good.get("policy.json"), key, value));
                long before = memory.getCurrentThreadAllocatedBytes();
                try {
                    Policy.fromFiles(files);
                } catch (IllegalArgumentException e) {
                    refused++;
                    assertThat(e.getMessage()).startsWith("policy.json").hasSizeLessThan(1500);
                }
                assertThat(memory.getCurrentThreadAllocatedBytes() - before)
                        .as("%s = %s", key, value)
                        .isLessThan(8 << 20);
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @SuppressWarnings("unchecked")
    private static byte[] with(byte[] policyJson, String key, Object value) {
        Map<String, Object> description =
                (Map<String, Object>) Json.parse(new String(policyJson, StandardCharsets.UTF_8), "policy.json");
        Map<String, Object> at = (Map<String, Object>) description.get("network");
        String[] path = key.split("/");
        for (int i = 0; i < path.length - 1; i++) {
            at = (Map<String, Object>) at.get(path[i]);
        }
        at.put(path[path.length - 1], value);
        return Json.writePretty(description).getBytes(StandardCharsets.UTF_8);
    }
}
