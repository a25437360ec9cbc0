package org.rltune.tune.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionJson;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.space.HyperParams;

final class DecisionFilesTest {
    @TempDir
    Path folder;

    @Test
    void writesTunesSixElements() throws Exception {
        exploit(0, "t00001", "1_lr=0.1", "t00000", "0_lr=0.2", 4, 0.2, 0.24);
        Object line = Json.parse(Files.readString(folder.resolve("pbt_global.txt")), "global");
        assertThat(line).isEqualTo(List.of("1_lr=0.1", "0_lr=0.2", 4L, 4L, Map.of("lr", 0.2), Map.of("lr", 0.24)));
        assertThat(folder.resolve("pbt_policy_t00001.txt")).hasSameTextualContentAs(folder.resolve("pbt_global.txt"));
    }

    @Test
    void followsTheWeightsOverAChainOfExploits() throws Exception {
        exploit(0, "t00001", "1_lr=0.1", "t00000", "0_lr=0.2", 4, 0.2, 0.24);
        exploit(1, "t00002", "2_lr=0.3", "t00001", "1_lr=0.1@perturbed[lr=0.24]", 8, 0.24, 0.3);
        exploit(2, "t00001", "1_lr=0.1@perturbed[lr=0.24]", "t00002", "2_lr=0.3@perturbed[lr=0.3]", 12, 0.3, 0.25);
        // t00003 copies t00000, which never copied anybody: its old file, if any, does not belong to these weights.
        exploit(3, "t00003", "3_lr=0.9", "t00001", "1_lr=0.1", 12, 0.25, 0.2);
        exploit(4, "t00003", "3_lr=0.9@perturbed[lr=0.2]", "t00000", "0_lr=0.2", 16, 0.2, 0.16);

        assertThat(replay("t00001")).containsExactly("lr=0.2 until 4", "0.24 until 8", "0.3 until 12", "0.25");
        assertThat(replay("t00002")).containsExactly("lr=0.2 until 4", "0.24 until 8", "0.3");
        assertThat(replay("t00003")).containsExactly("lr=0.2 until 16", "0.16");
        assertThat(Files.readAllLines(folder.resolve("pbt_global.txt"))).hasSize(5);
        assertThat(folder.resolve("pbt_policy_t00000.txt")).doesNotExist();
    }

    /** Reads a policy file as Ray Tune's PopulationBasedTrainingReplay does: backwards, as long as the tags chain up. */
    private List<String> replay(String trial) throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("pbt_policy_" + trial + ".txt"));
        List<String> schedule = new ArrayList<>();
        Object wanted = null;
        Object first = null;
        List<Object[]> changes = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            List<?> row = (List<?>) Json.parse(lines.get(i), "policy");
            assertThat(row).hasSize(6);
            if (wanted != null && !wanted.equals(row.get(0))) {
                break;
            }
            wanted = row.get(1);
            first = ((Map<?, ?>) row.get(4)).get("lr");
            changes.add(0, new Object[] {row.get(3), ((Map<?, ?>) row.get(5)).get("lr")});
        }
        String value = "lr=" + first;
        for (Object[] change : changes) {
            schedule.add(value + " until " + change[0]);
            value = "" + change[1];
        }
        schedule.add(value);
        return schedule;
    }

    @Test
    void writesEveryKindOfDecisionAsOneValidLine() {
        DecisionRecord exploit = record(7, "t00001", "tag1", "t00000", "tag0", 4, 0.2, 0.24);
        DecisionRecord stop =
                new DecisionRecord(8, 3, new Decision.Stop("t00002", "two\nlines"), "tag2", null, 3, -1, List.of());
        DecisionRecord pause =
                new DecisionRecord(9, 3, new Decision.Pause("t00002", "waits"), "tag2", null, 3, -1, List.of("t00002"));
        DecisionRecord go =
                new DecisionRecord(10, 3, new Decision.Continue("t00002", "on"), "tag2", null, 3, -1, List.of());
        for (DecisionRecord record : List.of(exploit, stop, pause, go)) {
            String line = Json.write(DecisionJson.toJson(record));
            assertThat(line).doesNotContain("\n");
            assertThat(Json.parse(line, "line")).isInstanceOf(Map.class);
        }
        Map<String, Object> json = DecisionJson.toJson(exploit);
        assertThat(json)
                .containsEntry("number", 7)
                .containsEntry("time", 4.0)
                .containsEntry("kind", "exploit")
                .containsEntry("trial", "t00001")
                .containsEntry("trial_tag", "tag1")
                .containsEntry("trial_iteration", 4)
                .containsEntry("donor", "t00000")
                .containsEntry("donor_tag", "tag0")
                .containsEntry("donor_iteration", 4)
                .containsEntry("donor_score", 480.0)
                .containsEntry("old_config", Map.of("lr", 0.2))
                .containsEntry("new_config", Map.of("lr", 0.24))
                .containsEntry("changes", Map.of("lr", "0.2 --- (* 1.2) --> 0.24"))
                .containsEntry("lineage", List.of("t00000", "t00001"))
                .containsEntry("reason", "rank 2 of 2");
        assertThat(DecisionJson.toJson(stop)).containsEntry("kind", "stop").doesNotContainKey("donor");
        assertThat(DecisionJson.toJson(pause)).containsEntry("kind", "pause");
        assertThat(DecisionJson.toJson(go)).containsEntry("kind", "continue");
    }

    @Test
    void tellsAnExploitInShortLines() {
        DecisionRecord record = record(7, "t00001", "tag1", "t00000", "tag0", 4, 0.2, 0.24);
        assertThat(ExploitLine.lines(record, (Decision.Exploit) record.decision()))
                .containsExactly("t00001 copies t00000 (480.0) at iteration 4: lr 0.2000 -> 0.2400");
    }

    private void exploit(
            int number,
            String target,
            String targetTag,
            String donor,
            String donorTag,
            int at,
            double old,
            double now) {
        DecisionRecord record = record(number, target, targetTag, donor, donorTag, at, old, now);
        PolicyFiles.append(folder, record, (Decision.Exploit) record.decision());
    }

    private static DecisionRecord record(
            int number,
            String target,
            String targetTag,
            String donor,
            String donorTag,
            int at,
            double old,
            double now) {
        Checkpoint checkpoint = new Checkpoint(donor, at, OptionalDouble.of(480), Map.of());
        Decision.Exploit exploit = new Decision.Exploit(
                target,
                checkpoint,
                HyperParams.of(Map.of("lr", old)),
                HyperParams.of(Map.of("lr", now)),
                Map.of("lr", old + " --- (* 1.2) --> " + now),
                "rank 2 of 2");
        return new DecisionRecord(number, at, exploit, targetTag, donorTag, at, at, List.of(donor, target));
    }
}
