package org.rltune.tune.log;

import java.nio.file.Path;
import java.util.List;
import org.rltune.json.Json;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;

/**
 * Ray Tune's records of population based training (ray 2.58, {@code tune/schedulers/pbt.py}, {@code
 * _log_config_on_step}): {@code pbt_global.txt} and {@code pbt_policy_<trial id>.txt} in the experiment's folder.
 *
 * <p>Each line is a JSON array of six: target's tag, donor's tag, target's iteration, donor's iteration, donor's config,
 * new config. Tags are those with which the trials started, without {@code @perturbed[...]}, since Tune's replay follows
 * the chain by comparing them. At an exploit the target's policy file becomes a copy of the donor's, and the new line is
 * added: it is the history of the weights, not of the trial. Two deviations, on purpose: the donor's iteration is that of
 * the checkpoint which was copied, not of its latest row (Tune's replay is late by up to an interval), and a donor
 * without a file leaves the target with the new line alone.
 */
final class PolicyFiles {
    static final String GLOBAL = "pbt_global.txt";

    private PolicyFiles() {}

    static Path policyFile(Path folder, String trialId) {
        return folder.resolve("pbt_policy_" + trialId + ".txt");
    }

    static void append(Path folder, DecisionRecord record, Decision.Exploit exploit) {
        String line = Json.write(List.of(
                        startTag(record.targetTag()),
                        startTag(String.valueOf(record.donorTag())),
                        record.targetIteration(),
                        record.donorIteration(),
                        exploit.donorConfig().asMap(),
                        exploit.explored().asMap()))
                + "\n";
        LogFiles.append(folder.resolve(GLOBAL), line);
        String inherited =
                LogFiles.readIfExists(policyFile(folder, exploit.donor().trialId()));
        LogFiles.replace(policyFile(folder, exploit.trialId()), inherited + line);
    }

    /** Deletes all of them. */
    static void delete(Path folder) {
        LogFiles.delete(folder.resolve(GLOBAL));
        LogFiles.deleteMatching(folder, "pbt_policy_t*.txt");
    }

    private static String startTag(String tag) {
        int end = tag.indexOf("@perturbed");
        return end < 0 ? tag : tag.substring(0, end);
    }
}
