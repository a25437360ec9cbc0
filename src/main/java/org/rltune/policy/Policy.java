package org.rltune.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/**
 * A policy that acts: a network, its action distribution, and the scaling of its actions.
 *
 * <pre>{@code
 * Policy policy = Policy.load(checkpoint);
 * int action = (int) policy.act(observation);         // Discrete
 * float[] force = (float[]) policy.act(observation);  // Box
 * }</pre>
 *
 * <p>Actions are scaled and clipped exactly as in training. Safe for use by several threads at once, as long as nobody
 * trains the network meanwhile.
 */
public final class Policy {
    private static final String POLICY_FILE = "policy.json";
    private static final String WEIGHTS_FILE = "weights.bin";
    private static final String FORMAT = "rltune-policy";
    private static final long VERSION = 1;

    private final Space<?> observationSpace;
    private final Space<?> actionSpace;
    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final ActionScaling scaling;
    private final ThreadLocal<Memory> memory;

    /** What one thread writes while it acts. */
    private static final class Memory {
        final Workspace workspace;
        final float[] raw;
        final float[] scaled;
        final float[] logProb = new float[1];
        final Pcg64[] random = new Pcg64[1];

        Memory(ActorCritic network, int actionSize) {
            workspace = network.workspace(1);
            raw = new float[actionSize];
            scaled = new float[actionSize];
        }
    }

    /**
     * Makes a policy from its parts.
     *
     * @param network its policy outputs are the inputs of the space's distribution
     */
    public Policy(Space<?> observationSpace, Space<?> actionSpace, ActorCritic network, ActionScaling scaling) {
        this.observationSpace = observationSpace;
        this.actionSpace = actionSpace;
        this.network = network;
        this.distribution = Distributions.of(actionSpace);
        this.scaling = scaling;
        int actionSize = distribution.actionSize();
        this.memory = ThreadLocal.withInitial(() -> new Memory(network, actionSize));
    }

    /** Returns the space of observations. */
    public Space<?> observationSpace() {
        return observationSpace;
    }

    /** Returns the space of actions. */
    public Space<?> actionSpace() {
        return actionSpace;
    }

    /** Returns the network. */
    public ActorCritic network() {
        return network;
    }

    /** Returns the distribution that the network's outputs describe. */
    public ActionDistribution distribution() {
        return distribution;
    }

    /** Returns how raw actions become actions of the environment. */
    public ActionScaling scaling() {
        return scaling;
    }

    /**
     * Returns the most probable action: an {@code Integer} for a Discrete space, a new {@code float[]} for a Box.
     *
     * @param observation a value of the observation space: for a Box a {@code float[]}, row-major if it has more
     *     dimensions
     * @throws IllegalArgumentException if the observation is not one of the space, with index, value and bounds
     */
    public Object act(Object observation) {
        Memory own = memory.get();
        forward(own, observation);
        distribution.mode(own.workspace.policy, own.workspace.capacity, 1, own.raw, 0);
        return toAction(own);
    }

    /** Draws an action from the policy's distribution, as in training; otherwise as {@link #act}. */
    public Object sample(Object observation, Pcg64 random) {
        Memory own = memory.get();
        forward(own, observation);
        own.random[0] = random;
        distribution.sample(own.workspace.policy, own.workspace.capacity, 1, own.random, own.raw, 0, own.logProb, 0);
        return toAction(own);
    }

    /** Returns the value that the critic gives to an observation. */
    public float value(Object observation) {
        Memory own = memory.get();
        forward(own, observation);
        return own.workspace.value[0];
    }

    private void forward(Memory own, Object observation) {
        if (!observationSpace.valueType().isInstance(observation)) {
            throw new IllegalArgumentException(
                    "The observation is of type " + observation.getClass().getSimpleName() + ", but " + observationSpace
                            + " needs a " + observationSpace.valueType().getSimpleName() + ".");
        }
        String violation = observationSpace.violationOf(observation);
        if (violation != null) {
            throw new IllegalArgumentException("The observation is outside " + observationSpace + ": " + violation
                    + ". Give the policy observations of the space that it was trained on.");
        }
        network.forward(own.workspace, flat(observation), 0, 1);
    }

    @SuppressWarnings("unchecked") // it is of the space
    private float[] flat(Object observation) {
        return observation instanceof float[] numbers && observationSpace instanceof Box
                ? numbers
                : ((Space<Object>) observationSpace).flatten(observation);
    }

    private Object toAction(Memory own) {
        scaling.toEnv(own.raw, 0, 1, own.scaled);
        return actionSpace instanceof Discrete discrete
                ? (Object) (discrete.start() + (int) own.scaled[0])
                : own.scaled.clone();
    }

    /** Returns the policy as files, by name; {@link #fromFiles} reads them. */
    public Map<String, byte[]> files() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("format", FORMAT);
        description.put("version", VERSION);
        description.put("observation_space", observationSpace.toJson());
        description.put("action_space", actionSpace.toJson());
        description.put("normalize_actions", scaling.normalize());
        description.put("network", network.describe());
        description.put("weights", WEIGHTS_FILE);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(POLICY_FILE, Json.writePretty(description).getBytes(StandardCharsets.UTF_8));
        files.put(WEIGHTS_FILE, FloatFile.encode(network.parameters()));
        return files;
    }

    /**
     * Reads a policy from the files of a checkpoint.
     *
     * @throws IllegalArgumentException if they are damaged, of a later version, or not a policy
     */
    public static Policy fromFiles(Map<String, byte[]> files) {
        Map<String, Object> description = Described.object(
                Json.parse(new String(file(files, POLICY_FILE), StandardCharsets.UTF_8), POLICY_FILE), POLICY_FILE);
        if (!FORMAT.equals(description.get("format")) || !Long.valueOf(VERSION).equals(description.get("version"))) {
            throw new IllegalArgumentException(POLICY_FILE + ": format " + description.get("format") + " version "
                    + description.get("version") + " cannot be read; this rltune reads " + FORMAT + " version "
                    + VERSION + ". Use the rltune that wrote it.");
        }
        Space<?> observations = Space.fromJson(Described.object(description.get("observation_space"), POLICY_FILE));
        Space<?> actions = Space.fromJson(Described.object(description.get("action_space"), POLICY_FILE));
        boolean normalize = Boolean.TRUE.equals(description.get("normalize_actions"));
        ActorCritic network = new Mlp(MlpConfig.of(Described.object(description.get("network"), POLICY_FILE)));
        float[] parameters = network.parameters();
        float[] weights = FloatFile.decode(WEIGHTS_FILE, file(files, WEIGHTS_FILE), parameters.length);
        System.arraycopy(weights, 0, parameters, 0, parameters.length);
        return new Policy(observations, actions, network, new ActionScaling(actions, normalize));
    }

    private static byte[] file(Map<String, byte[]> files, String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException(
                    "The checkpoint has no file " + name + ", only " + files.keySet() + "; it holds no policy.");
        }
        return content;
    }

    /**
     * Loads a policy from the folder of a checkpoint.
     *
     * @throws IllegalArgumentException if the folder holds no policy, or a damaged one
     */
    public static Policy load(Path checkpoint) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : new String[] {POLICY_FILE, WEIGHTS_FILE}) {
            try {
                files.put(name, Files.readAllBytes(checkpoint.resolve(name)));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        checkpoint.resolve(name) + " cannot be read (" + e
                                + "). Name the folder of a checkpoint, such as results/run/t00000/checkpoint_000050.",
                        e);
            }
        }
        return fromFiles(files);
    }

    /** Writes the policy into a folder, which is made if it does not exist. */
    public void save(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
