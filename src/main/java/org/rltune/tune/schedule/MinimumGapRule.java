package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bottom quantile copies those of the top one that are better by a gap. */
final class MinimumGapRule extends ExploitRule {
    private final double gap;
    private final double share;

    MinimumGapRule(double gap, double share) {
        this.gap = gap;
        this.share = share;
    }

    @Override
    Verdict verdict(Population population, Member target) {
        Ranking ranking = population.ranking();
        if (!ranking.isLower(target)) {
            return Verdict.NOT_ASKED;
        }
        List<Member> better = ranking.donorsFor(target);
        List<Member> donors = better.stream()
                .filter(donor -> target.score.isEmpty() || isEnough(population, donor, target))
                .toList();
        if (!donors.isEmpty()) {
            Member donor = pick(population, target, donors);
            return target.score.isEmpty()
                    ? new Verdict(donor, "")
                    : new Verdict(donor, "better by " + Texts.value(population.lead(donor, target)));
        }
        String top = "no trial of the top " + ranking.quantile() + " is ";
        if (better.isEmpty()) {
            return new Verdict(null, top + "strictly better");
        }
        double lead = population.lead(better.get(better.size() - 1), target);
        return new Verdict(null, top + "better by " + words() + " (the best by " + Texts.value(lead) + ")");
    }

    private boolean isEnough(Population population, Member donor, Member target) {
        double lead = population.lead(donor, target);
        double magnitude = Math.max(Math.abs(donor.score.orElseThrow()), Math.abs(target.score.orElseThrow()));
        return lead >= gap && lead >= share * magnitude;
    }

    private String words() {
        return share == 0
                ? Texts.value(gap)
                : Texts.value(gap) + " and by " + Texts.value(share) + " of the larger magnitude";
    }

    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", "minimum_gap");
        json.put("gap", gap);
        json.put("share", share);
        return json;
    }

    @Override
    public String toString() {
        return "minimumGap(" + gap + ", " + share + ")";
    }
}
