package org.rltune.tune.schedule;

import java.util.List;
import java.util.Map;

/** The bottom quantile copies the top one. */
final class TruncationRule extends ExploitRule {
    @Override
    Verdict verdict(Population population, Member target) {
        Ranking ranking = population.ranking();
        if (!ranking.isLower(target)) {
            return Verdict.NOT_ASKED;
        }
        List<Member> donors = ranking.donorsFor(target);
        return donors.isEmpty()
                ? new Verdict(null, "no trial of the top " + ranking.quantile() + " is strictly better")
                : new Verdict(pick(population, target, donors), "");
    }

    @Override
    Map<String, Object> toJson() {
        return Map.of("rule", "truncation");
    }

    @Override
    public String toString() {
        return "truncation";
    }
}
