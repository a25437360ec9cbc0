package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each trial compares itself with a random other one by Welch's t-test. */
final class WelchRule extends ExploitRule {
    private final double p;
    private final int lastN;

    WelchRule(double p, int lastN) {
        this.p = p;
        this.lastN = lastN;
    }

    @Override
    Verdict verdict(Population population, Member target) {
        Ranking ranking = population.ranking();
        List<Member> others =
                ranking.scored().stream().filter(member -> member != target).toList();
        if (!ranking.isRanked(target) || others.isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        Member other = pick(population, target, others);
        String name = other.view.id();
        if (target.score.isEmpty()) {
            return new Verdict(other, "");
        }
        double[] theirs = scores(population, other);
        double[] own = scores(population, target);
        if (theirs.length < 2 || own.length < 2) {
            return new Verdict(
                    null,
                    "not compared with " + name + ": a t-test needs two scores of each since the last copy, and there"
                            + " are " + own.length + " and " + theirs.length);
        }
        Welch test = Welch.of(theirs, own);
        String means = "mean of its last " + Texts.count(theirs.length, "score") + " "
                + Texts.value(population.mode().signed(test.firstMean())) + " against "
                + Texts.value(population.mode().signed(test.secondMean())) + " of " + own.length;
        if (!(test.firstMean() > test.secondMean())) {
            return new Verdict(null, name + " is no better: " + means);
        }
        String result = "Welch's t-test against " + name + ": t " + Texts.value(test.t()) + ", p "
                + Texts.value(test.p()) + ", " + means;
        return test.p() < p
                ? new Verdict(other, result)
                : new Verdict(null, result + "; p is not below " + Texts.value(p));
    }

    /** Returns the last scores, larger is better. */
    private double[] scores(Population population, Member member) {
        return member.lastScores(lastN, population.age()).stream()
                .mapToDouble(population.mode()::signed)
                .toArray();
    }

    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", "welch_t_test");
        json.put("p", p);
        json.put("last_n", lastN);
        return json;
    }

    @Override
    public String toString() {
        return "welchTTest(" + p + ", " + lastN + ")";
    }
}
