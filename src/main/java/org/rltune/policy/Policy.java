package org.rltune.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.MaskedActorCritic;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Scratch;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;
import org.rltune.space.Box;
import org.rltune.space.Space;

/**
 * A policy that acts: the filter of its observations, a network, its action distribution, and the scaling of its actions.
 *
 * <pre>{@code
 * Policy policy = Policy.load(checkpoint);
 * int action = (int) policy.act(observation);         // Discrete
 * float[] force = (float[]) policy.act(observation);  // Box
 * }</pre>
 *
 * <p>Observations are filtered, and actions scaled and clipped, exactly as in training. Safe for use by several threads at once, as long as nobody
 * trains the network meanwhile.
 *
 * <p>A policy with memory acts on all observations of an episode so far: it plays by a {@link #session}, one for each episode
 * that goes on.
 */
public final class Policy {
    private static final String POLICY_FILE = "policy.json";
    private static final String WEIGHTS_FILE = "weights.bin";
    private static final String FORMAT = "rltune-policy";
    private static final long VERSION = 1;
    private static final float[] NO_STATE = {};

    private final Space<?> observationSpace;
    private final Space<?> actionSpace;
    private final Preprocessor preprocessor;
    private final @Nullable MeanStdFilter filter;
    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final ActionScaling scaling;
    private final ThreadLocal<Memory> memory;
    /** What nobody writes any more may be copied by those who use it, see {@link Workspace#parametersVersion}. */
    private boolean frozen;

    /** What one thread writes while it acts. */
    private final class Memory {
        final Workspace workspace = network.workspace(1);
        final Scratch scratch = distribution.scratch(1);
        final float[] flat = new float[preprocessor.rawSize()];
        final float[] input = new float[network.observationSize()];
        final float[] raw = new float[distribution.actionSize()];
        final float[] scaled = new float[scaling.envSize()];
        final float[] logProb = new float[1];
        final Pcg64[] random = new Pcg64[1];

        Memory() {
            workspace.parametersVersion = frozen ? 1 : 0;
            workspace.forwardOnly = true;
        }
    }

    /** As {@link #Policy(Space, Space, ActorCritic, ActionScaling, MeanStdFilter)}, without a filter. */
    public Policy(Space<?> observationSpace, Space<?> actionSpace, ActorCritic network, ActionScaling scaling) {
        this(observationSpace, actionSpace, network, scaling, null);
    }

    /**
     * Makes a policy from its parts.
     *
     * @param network takes the features of an observation, see {@link Preprocessor}; its policy outputs are the inputs of
     *     the space's distribution
     * @param filter what observations pass before the network, or null
     */
    public Policy(
            Space<?> observationSpace,
            Space<?> actionSpace,
            ActorCritic network,
            ActionScaling scaling,
            @Nullable MeanStdFilter filter) {
        this.observationSpace = observationSpace;
        this.actionSpace = actionSpace;
        this.preprocessor = new Preprocessor(observationSpace, actionSpace);
        this.filter = filter;
        this.network = preprocessor.maskSize() > 0 ? new MaskedActorCritic(network) : network;
        this.distribution = Distributions.of(actionSpace, scaling.boxes());
        this.scaling = scaling;
        requireSize(
                "the network takes",
                this.network.observationSize() - this.network.memorySize(),
                "an observation has",
                preprocessor.size());
        requireSize("the network has", this.network.policyOutputs(), "the distribution takes", distribution.inputs());
        if (filter != null) {
            requireSize("the filter takes", filter.size(), "an observation has", preprocessor.size());
        }
        this.memory = ThreadLocal.withInitial(Memory::new);
    }

    private static void requireSize(String what, int size, String other, int expected) {
        if (size != expected) {
            throw new IllegalArgumentException(
                    what + " " + size + " numbers, but " + other + " " + expected + ". Make both for the same spaces.");
        }
    }

    /** Returns the space of observations. */
    public Space<?> observationSpace() {
        return observationSpace;
    }

    /** Returns the space of actions. */
    public Space<?> actionSpace() {
        return actionSpace;
    }

    /** Returns what turns flat observations into what the filter and the network see. */
    public Preprocessor preprocessor() {
        return preprocessor;
    }

    /** Returns the filter of observations, or null. */
    public @Nullable MeanStdFilter filter() {
        return filter;
    }

    /** Returns the network; where observations have an action mask, with the mask around it. */
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
     * Returns the most probable action, see {@link ActionDistribution#mode}: an {@code Integer} for a Discrete space, a new
     * {@code float[]} for a Box, otherwise a new value of the action space.
     *
     * @param observation a value of the observation space: for a Box a {@code float[]}, row-major if it has more
     *     dimensions
     * @throws IllegalArgumentException if the observation is not one of the space, with index, value and bounds, or its
     *     action mask forbids every choice
     * @throws IllegalStateException if the policy has memory, for which the episode so far matters: play by {@link #session}
     */
    public Object act(Object observation) {
        return act(observation, NO_STATE);
    }

    /** As {@link #act(Object)}, after what the state remembers; it takes the observation in. */
    Object act(Object observation, float[] state) {
        Memory own = memory.get();
        network.forwardPolicy(own.workspace, input(own, observation, state), 0, 1);
        requireChoice(own);
        distribution.mode(own.scratch, own.workspace.policy, own.workspace.capacity, 1, own.raw, 0);
        System.arraycopy(own.workspace.state, 0, state, 0, state.length);
        return toAction(own);
    }

    /** Begins to play an episode; needed for a policy with memory, and the same as {@link #act} for others. */
    public PolicySession session() {
        return new PolicySession(this);
    }

    /**
     * As {@link #act}, from JSON to JSON as the spaces write values: arrays as lists, a {@code Dict} as an object. For a
     * service.
     *
     * @throws IllegalArgumentException if the text is not JSON or not of the observation space
     */
    public String actJson(String observation) {
        return actJson(observation, NO_STATE);
    }

    @SuppressWarnings("unchecked") // the action is of the space
    String actJson(String observation, float[] state) {
        Object value = observationSpace.fromJsonable(Json.parse(observation, "observation"));
        return Json.write(((Space<Object>) actionSpace).toJsonable(act(value, state)));
    }

    /** Draws an action from the policy's distribution, as in training; otherwise as {@link #act}. */
    public Object sample(Object observation, Pcg64 random) {
        return sample(observation, random, NO_STATE);
    }

    Object sample(Object observation, Pcg64 random, float[] state) {
        Memory own = memory.get();
        network.forwardPolicy(own.workspace, input(own, observation, state), 0, 1);
        requireChoice(own);
        own.random[0] = random;
        distribution.sample(
                own.scratch, own.workspace.policy, own.workspace.capacity, 1, own.random, own.raw, 0, own.logProb, 0);
        System.arraycopy(own.workspace.state, 0, state, 0, state.length);
        return toAction(own);
    }

    /** Returns the value that the critic gives to an observation. */
    public float value(Object observation) {
        return value(observation, NO_STATE);
    }

    float value(Object observation, float[] state) {
        Memory own = memory.get();
        network.forward(own.workspace, input(own, observation, state), 0, 1);
        return own.workspace.value[0];
    }

    /** Returns what the network is given: flat, preprocessed, filtered; then the state, as the begin of a sequence. */
    private float[] input(Memory own, Object observation, float[] state) {
        if (state.length != network.stateSize()) {
            throw new IllegalStateException("This policy has memory, so its action depends on the whole episode and not"
                    + " on one observation alone. Play by session = policy.session(): session.act(observation) at each"
                    + " step, and session.reset() before the next episode.");
        }
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
        float[] flat = flat(own, observation);
        if (preprocessor.identity() && filter == null && state.length == 0) {
            return flat;
        }
        encode(flat, 0, 1, own.input, filter);
        if (state.length > 0) {
            System.arraycopy(state, 0, own.input, preprocessor.size(), state.length);
            own.input[own.input.length - 1] = 1f;
        }
        return own.input;
    }

    @SuppressWarnings("unchecked") // it is of the space
    private float[] flat(Memory own, Object observation) {
        if (observation instanceof float[] numbers && observationSpace instanceof Box) {
            return numbers;
        }
        ((Space<Object>) observationSpace).flatten(observation, own.flat, 0);
        return own.flat;
    }

    /**
     * Writes what the network is given for rows of flat observations: preprocessed, filtered, row-major.
     *
     * @param flat rows of {@link Preprocessor#rawSize} numbers, from {@code at}
     * @param out gets rows of {@link Preprocessor#size} numbers, from index 0
     * @param using the filter in force, or null for none
     */
    public void encode(float[] flat, int at, int rows, float[] out, @Nullable MeanStdFilter using) {
        preprocessor.apply(flat, at, rows, out, 0);
        if (using != null) {
            using.apply(out, 0, rows, out, 0);
        }
    }

    private void requireChoice(Memory own) {
        if (preprocessor.maskSize() > 0) {
            String wrong = preprocessor.maskError(own.input, 0);
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException("The observation's " + wrong);
            }
        }
    }

    private Object toAction(Memory own) {
        scaling.toEnv(own.raw, 0, 1, own.scaled);
        return scaling.toValue(own.scaled);
    }

    /** Returns the policy as files, by name; {@link #fromFiles} reads them. */
    public Map<String, byte[]> files() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("format", FORMAT);
        description.put("version", VERSION);
        description.put("observation_space", observationSpace.toJson());
        description.put("action_space", actionSpace.toJson());
        description.put("normalize_actions", scaling.normalize());
        if (!scaling.clip()) {
            description.put("clip_actions", false);
        }
        if (scaling.boxes() != BoxDistribution.DIAG_GAUSSIAN) {
            description.put("action_dist", scaling.boxes().key());
        }
        if (filter != null) {
            description.put("observation_filter", filter.toMap());
        }
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
        Map<String, Object> description = description(files);
        float[] weights = FloatFile.decodeFinite(WEIGHTS_FILE, file(files, WEIGHTS_FILE), -1);
        try {
            return read(description, weights);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(POLICY_FILE) || message.startsWith(WEIGHTS_FILE)
                    ? e
                    : new IllegalArgumentException(POLICY_FILE + ": " + message, e);
        }
    }

    private static Policy read(Map<String, Object> description, float[] weights) {
        if (isMlp(Described.object(description.get("network"), POLICY_FILE))) {
            Claims.check("observation_space", description.get("observation_space"), weights.length);
        } else {
            Claims.checkFreely("observation_space", description.get("observation_space"), weights.length);
        }
        Claims.check("action_space", description.get("action_space"), weights.length);
        Space<?> observations = Space.fromJson(Described.object(description.get("observation_space"), POLICY_FILE));
        Space<?> actions = Space.fromJson(Described.object(description.get("action_space"), POLICY_FILE));
        ActionScaling scaling = new ActionScaling(
                actions,
                Boolean.TRUE.equals(description.get("normalize_actions")),
                !Boolean.FALSE.equals(description.get("clip_actions")),
                description.get("action_dist") instanceof String key
                        ? BoxDistribution.parse(key)
                        : BoxDistribution.DIAG_GAUSSIAN);
        ActorCritic network =
                network(Described.object(description.get("network"), POLICY_FILE), observations, weights.length);
        float[] parameters = network.parameters();
        System.arraycopy(weights, 0, parameters, 0, weights.length);
        Policy policy = new Policy(observations, actions, network, scaling, filter(description, observations, actions));
        policy.frozen = true;
        return policy;
    }

    private static boolean isMlp(Map<String, Object> described) {
        return !(described.get("type") instanceof String type) || type.equals("mlp");
    }

    private static ActorCritic network(Map<String, Object> described, Space<?> observations, int weights) {
        if (!isMlp(described) && described.get("type") instanceof String framework) {
            return NetworkProviders.of(framework).restore(described, observations, weights);
        }
        MlpConfig shape = MlpConfig.of(described);
        Claims.check(shape, weights);
        return new Mlp(shape);
    }

    private static Map<String, Object> description(Map<String, byte[]> files) {
        Map<String, Object> description = Described.object(
                Json.parse(new String(file(files, POLICY_FILE), StandardCharsets.UTF_8), POLICY_FILE), POLICY_FILE);
        if (!FORMAT.equals(description.get("format")) || !Long.valueOf(VERSION).equals(description.get("version"))) {
            throw new IllegalArgumentException(POLICY_FILE + ": format " + Json.shown(description.get("format"))
                    + " version " + Json.shown(description.get("version")) + " cannot be read; this rltune reads "
                    + FORMAT + " version "
                    + VERSION + ". Use the rltune that wrote it.");
        }
        return description;
    }

    private static @Nullable MeanStdFilter filter(
            Map<String, Object> description, Space<?> observations, Space<?> actions) {
        if (description.get("observation_filter") == null) {
            return null;
        }
        Map<String, Object> saved = Described.object(description.get("observation_filter"), POLICY_FILE);
        double clip = Json.asDouble(saved.get("clip_obs"), POLICY_FILE + ": clip_obs");
        MeanStdFilter filter = new MeanStdFilter(new Preprocessor(observations, actions).filtered(), clip);
        filter.restore(saved, POLICY_FILE);
        return filter;
    }

    /**
     * Takes over the observation filter of a saved policy.
     *
     * @throws IllegalArgumentException if one of the two has a filter and the other has none, or they do not fit
     */
    public void restoreFilter(Map<String, byte[]> files) {
        Object saved = checkFilter(files);
        if (filter != null) {
            filter.restore(Described.object(saved, POLICY_FILE), POLICY_FILE);
        }
    }

    /**
     * Checks that a saved policy has a filter exactly where this one has.
     *
     * @return its description, or null
     */
    public @Nullable Object checkFilter(Map<String, byte[]> files) {
        Object saved = description(files).get("observation_filter");
        if ((saved == null) != (filter == null)) {
            throw new IllegalArgumentException(POLICY_FILE + ": has " + (saved == null ? "no" : "an")
                    + " observation filter, but the trainer has " + (filter == null ? "none" : "one")
                    + ". Set observation_filter as it was.");
        }
        return saved;
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
        return load(checkpoint, "", "");
    }

    /**
     * Loads one policy from the folder of a checkpoint of several agents.
     *
     * @param name the policy, such as {@code main}; its files are {@code main.policy.json} and {@code main.weights.bin}
     * @throws IllegalArgumentException if the folder does not hold that policy, or a damaged one
     */
    public static Policy load(Path checkpoint, String name) {
        return load(checkpoint, name + ".", "policy " + name + ", ");
    }

    private static Policy load(Path checkpoint, String prefix, String whose) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : new String[] {POLICY_FILE, WEIGHTS_FILE}) {
            Path file = checkpoint.resolve(prefix + name);
            try {
                files.put(name, Files.readAllBytes(file));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        file + " cannot be read (" + e + "). " + named(checkpoint)
                                + "Name the folder of a checkpoint, such as results/run/t00000/checkpoint_000050.",
                        e);
            }
        }
        try {
            return fromFiles(files);
        } catch (IllegalArgumentException e) {
            throw whose.isEmpty() ? e : new IllegalArgumentException(whose + e.getMessage(), e);
        }
    }

    /** A sentence on the named policies in a folder, if there are any. */
    private static String named(Path folder) {
        String[] found = folder.toFile().list((where, file) -> file.endsWith("." + POLICY_FILE));
        if (found == null || found.length == 0) {
            return "";
        }
        Arrays.sort(found);
        String first = found[0].substring(0, found[0].length() - POLICY_FILE.length() - 1);
        return "The folder holds the policies of several agents, in " + String.join(", ", found)
                + ": Policy.load(checkpoint, \"" + first + "\"). ";
    }

    /** Returns the files of one policy among those of a checkpoint of several agents, without its name before them. */
    public static Map<String, byte[]> filesOf(Map<String, byte[]> files, String name) {
        Map<String, byte[]> own = new LinkedHashMap<>();
        files.forEach((file, content) -> {
            if (file.startsWith(name + ".")) {
                own.put(file.substring(name.length() + 1), content);
            }
        });
        return own;
    }

    /**
     * Writes the policy as a model of ONNX (operator set 13), with all that comes before and after the network.
     *
     * <p>Input {@code observation}: float, (batch, flat size), as {@link Space#flatten} gives them. Outputs: {@code action},
     * (batch, size of a flat action): the most probable one, an index from 0 as int64 where actions are choices alone, floats
     * in the bounds otherwise; {@code policy}: the inputs of the distribution; {@code value}: (batch, 1). Values agree with
     * {@link #act} and {@link #value} to about 1e-5, for other programs sum up in another order.
     *
     * @throws IllegalArgumentException if the network is not an MLP
     */
    public void exportOnnx(Path file) throws IOException {
        Files.write(file, OnnxExport.bytes(this));
    }

    /** Writes the policy into a folder, which is made if it does not exist. */
    public void save(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
