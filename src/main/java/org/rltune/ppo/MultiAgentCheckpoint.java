package org.rltune.ppo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EpisodeState;
import org.rltune.json.Json;
import org.rltune.policy.FloatFile;
import org.rltune.policy.Policy;
import org.rltune.rollout.MultiAgentWorker.Standing;
import org.rltune.rollout.OpenSample;

/**
 * The files of a multi-agent checkpoint: for each policy those of {@link PpoCheckpoint} with the policy's name before them
 * ({@code main.policy.json}, {@code main.weights.bin}, {@code main.optimizer.bin}), {@code trainer.json} with all counters,
 * {@code episodes.bin} with the actions of the running episodes, and {@code open.bin} with the samples of agents that wait
 * for their next observation.
 *
 * @param policies what is saved of each policy, in the order of their numbers
 * @param evaluation the metrics of the latest evaluation, or null
 * @param standings where each environment stands, and who acts for whom in it
 */
record MultiAgentCheckpoint(
        PpoProgress progress,
        long agentTimesteps,
        List<SavedPolicy> policies,
        List<double[]> window,
        List<List<AgentReturnWindow.Share>> agentReturns,
        List<Standing> standings,
        List<OpenSample> open,
        @Nullable Object evaluation) {
    private static final String FORMAT = "rltune-multi-agent-ppo";
    private static final long VERSION = 1;
    static final String OPEN = "open.bin";

    /**
     * A saved policy.
     *
     * @param like the configured policy whose settings it has
     * @param moments Adam's first moments, and its second ones after them
     */
    record SavedPolicy(
            String name,
            String like,
            double klCoeff,
            long adamSteps,
            Map<String, byte[]> files,
            float[] weights,
            float[] moments) {}

    static Map<String, byte[]> write(
            PpoConfig config,
            PpoProgress progress,
            long agentTimesteps,
            List<NamedPolicy> policies,
            EpisodeWindow window,
            AgentReturnWindow agentReturns,
            List<Standing> standings,
            List<OpenSample> open,
            PeriodicEvaluation<?> evaluation) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Map<String, Object>> described = new ArrayList<>();
        for (NamedPolicy policy : policies) {
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("name", policy.name);
            own.put("like", policy.like);
            own.put("kl_coeff", policy.klCoeff());
            own.put("adam_steps", policy.adam.steps());
            described.add(own);
            policy.policy.files().forEach((name, content) -> files.put(policy.name + "." + name, content));
            files.put(
                    policy.name + "." + PpoCheckpoint.OPTIMIZER,
                    FloatFile.encode(PpoCheckpoint.concatenate(
                            List.of(policy.adam.firstMoments(), policy.adam.secondMoments()))));
        }
        List<EpisodeState> states = standings.stream().map(Standing::episode).toList();
        Map<String, Object> trainer = new LinkedHashMap<>();
        trainer.put("format", FORMAT);
        trainer.put("version", VERSION);
        trainer.put("env", config.env());
        trainer.put("iteration", progress.iteration());
        trainer.put("timesteps", progress.timesteps());
        trainer.put("episodes", progress.episodes());
        trainer.put("lineage_timesteps", progress.lineageTimesteps());
        trainer.put("kl_coeff", progress.klCoeff());
        trainer.put("agent_timesteps", agentTimesteps);
        trainer.put("policies", described);
        trainer.put("latest_episodes", window.save());
        trainer.put("latest_agent_returns", agentReturns.save());
        trainer.put(
                "running_episodes",
                states.stream()
                        .map(state -> List.of(state.episode(), (long) state.actions().length))
                        .toList());
        trainer.put(
                "running_policies",
                standings.stream()
                        .map(standing ->
                                Arrays.stream(standing.policy()).boxed().toList())
                        .toList());
        trainer.put(
                "open_samples",
                open.stream()
                        .map(sample ->
                                List.of(sample.policy(), sample.slot(), sample.reward(), sample.numbers().length))
                        .toList());
        if (evaluation.on()) {
            trainer.put("evaluation", evaluation.latest());
        }
        files.put(PpoCheckpoint.TRAINER, Json.writePretty(trainer).getBytes(StandardCharsets.UTF_8));
        files.put(
                PpoCheckpoint.EPISODES,
                FloatFile.encode(PpoCheckpoint.concatenate(
                        states.stream().map(EpisodeState::actions).toList())));
        files.put(
                OPEN,
                FloatFile.encode(PpoCheckpoint.concatenate(
                        open.stream().map(OpenSample::numbers).toList())));
        return files;
    }

    /**
     * Reads and checks the files.
     *
     * @param envs number of environments of the trainer that reads them
     * @param agents number of agents in each
     * @throws IllegalArgumentException if they are damaged or of something else
     */
    static MultiAgentCheckpoint read(Map<String, byte[]> files, int envs, int agents) {
        Map<String, @Nullable Object> trainer = PpoCheckpoint.trainer(files, FORMAT, VERSION);
        List<SavedPolicy> policies = new ArrayList<>();
        for (Object described : list(trainer, "policies")) {
            policies.add(policy(files, Json.asObject(described, PpoCheckpoint.TRAINER + ": policies")));
        }
        List<EpisodeState> states = PpoCheckpoint.episodes(files, trainer, envs);
        List<?> mapped = list(trainer, "running_policies");
        if (mapped.size() != envs) {
            throw PpoCheckpoint.damaged(
                    PpoCheckpoint.TRAINER, "running_policies has " + mapped.size() + " elements, not " + envs);
        }
        List<Standing> standings = new ArrayList<>();
        for (int e = 0; e < envs; e++) {
            List<?> numbers = Json.asList(mapped.get(e), PpoCheckpoint.TRAINER + ": running_policies");
            int[] policyOf = new int[numbers.size()];
            for (int a = 0; a < policyOf.length; a++) {
                policyOf[a] = index(numbers.get(a), policies.size(), "running_policies");
            }
            if (policyOf.length != agents) {
                throw PpoCheckpoint.damaged(
                        PpoCheckpoint.TRAINER,
                        "running_policies has " + policyOf.length + " agents, but there are " + agents);
            }
            standings.add(new Standing(states.get(e), policyOf));
        }
        return new MultiAgentCheckpoint(
                PpoCheckpoint.progress(trainer),
                PpoCheckpoint.count(trainer, "agent_timesteps"),
                policies,
                PpoCheckpoint.window(trainer),
                shares(trainer),
                standings,
                open(files, trainer, policies.size(), envs * agents),
                trainer.get("evaluation"));
    }

    private static List<?> list(Map<String, @Nullable Object> trainer, String key) {
        return Json.asList(trainer.get(key), PpoCheckpoint.TRAINER + ": " + key);
    }

    private static int index(@Nullable Object value, int below, String key) {
        long index = Json.asLong(value, PpoCheckpoint.TRAINER + ": " + key);
        if (index < 0 || index >= below) {
            throw PpoCheckpoint.damaged(
                    PpoCheckpoint.TRAINER, key + " has the number " + index + ", not one from 0 to " + (below - 1));
        }
        return (int) index;
    }

    private static double finite(@Nullable Object value, String what) {
        double number = Json.asDouble(value, PpoCheckpoint.TRAINER + ": " + what);
        if (!Double.isFinite(number)) {
            throw PpoCheckpoint.damaged(PpoCheckpoint.TRAINER, what + " is " + number + ", not a finite number");
        }
        return number;
    }

    private static SavedPolicy policy(Map<String, byte[]> files, Map<String, @Nullable Object> described) {
        String name = String.valueOf(described.get("name"));
        Map<String, byte[]> own = Policy.filesOf(files, name);
        String weightsName = name + "." + PpoCheckpoint.WEIGHTS;
        String optimizerName = name + "." + PpoCheckpoint.OPTIMIZER;
        float[] weights = FloatFile.decodeFinite(weightsName, PpoCheckpoint.file(files, weightsName), -1);
        return new SavedPolicy(
                name,
                String.valueOf(described.get("like")),
                PpoCheckpoint.atLeastZero(described.get("kl_coeff"), "kl_coeff of policy " + name),
                PpoCheckpoint.count(described, "adam_steps"),
                own,
                weights,
                PpoCheckpoint.moments(optimizerName, PpoCheckpoint.file(files, optimizerName), weights.length));
    }

    private static List<List<AgentReturnWindow.Share>> shares(Map<String, @Nullable Object> trainer) {
        List<List<AgentReturnWindow.Share>> episodes = new ArrayList<>();
        for (Object episode : list(trainer, "latest_agent_returns")) {
            List<AgentReturnWindow.Share> shares = new ArrayList<>();
            for (Object share : Json.asList(episode, PpoCheckpoint.TRAINER + ": latest_agent_returns")) {
                List<?> pair = PpoCheckpoint.pair(share, "latest_agent_returns");
                double earned = finite(pair.get(1), "the return of an agent");
                shares.add(new AgentReturnWindow.Share(String.valueOf(pair.get(0)), earned));
            }
            episodes.add(List.copyOf(shares));
        }
        return episodes;
    }

    private static List<OpenSample> open(
            Map<String, byte[]> files, Map<String, @Nullable Object> trainer, int policies, int slots) {
        float[] numbers = FloatFile.decodeFinite(OPEN, PpoCheckpoint.file(files, OPEN), -1);
        List<OpenSample> open = new ArrayList<>();
        int at = 0;
        for (Object described : list(trainer, "open_samples")) {
            List<?> four = Json.asList(described, PpoCheckpoint.TRAINER + ": open_samples");
            if (four.size() != 4) {
                throw PpoCheckpoint.damaged(PpoCheckpoint.TRAINER, "open_samples has an element of " + four.size());
            }
            int policy = index(four.get(0), policies, "open_samples");
            int slot = index(four.get(1), slots, "open_samples");
            double reward = finite(four.get(2), "the reward of an open sample");
            int length = index(four.get(3), numbers.length - at + 1, "open_samples");
            open.add(new OpenSample(policy, slot, reward, Arrays.copyOfRange(numbers, at, at + length)));
            at += length;
        }
        if (at != numbers.length) {
            throw PpoCheckpoint.damaged(
                    OPEN, "it has " + (numbers.length - at) + " numbers more than " + PpoCheckpoint.TRAINER + " says");
        }
        return open;
    }
}
