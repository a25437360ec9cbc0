package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rltune.tune.Mode;

/**
 * A population at a perturbation point, ordered from worst to best.
 *
 * <p>Members without the metric are left out the first time and rank below all scored ones from the second time in a row
 * on. Of equal members, the one with the smaller trial number ranks better.
 */
final class Ranking {
    private final Mode mode;
    private final List<Member> ascending = new ArrayList<>();
    private final List<Member> unranked = new ArrayList<>();
    private final int quantile;

    Ranking(List<Member> live, Mode mode, double quantileFraction) {
        this.mode = mode;
        for (Member member : live) {
            (member.score.isPresent() || member.absent >= 2 ? ascending : unranked).add(member);
        }
        ascending.sort(Comparator.comparing((Member member) -> member.score.isPresent())
                .thenComparingDouble(member -> mode.signed(member.score.orElse(0)))
                .thenComparing(member -> -member.view.number()));
        quantile = Quantiles.size(ascending.size(), quantileFraction);
    }

    /** Returns all members, the upper quantile first, then the middle, the lower one, and those without a rank. */
    List<Member> inOrder() {
        List<Member> order = new ArrayList<>(upper());
        order.addAll(ascending.subList(quantile, ascending.size() - quantile));
        order.addAll(ascending.subList(0, quantile));
        order.addAll(unranked);
        return order;
    }

    /** Returns the members with a score, worst first. */
    List<Member> scored() {
        return ascending.stream().filter(member -> member.score.isPresent()).toList();
    }

    boolean isRanked(Member member) {
        return !unranked.contains(member);
    }

    boolean isLower(Member member) {
        return ascending.indexOf(member) < quantile && isRanked(member);
    }

    /** Returns the members of the upper quantile whose score is strictly better, worst first. */
    List<Member> donorsFor(Member target) {
        return upper().stream().filter(donor -> isBetter(donor, target)).toList();
    }

    /** Returns the rank, 1 for the best. */
    int rank(Member member) {
        return ascending.size() - ascending.indexOf(member);
    }

    int size() {
        return ascending.size();
    }

    int quantile() {
        return quantile;
    }

    private List<Member> upper() {
        return ascending.subList(ascending.size() - quantile, ascending.size());
    }

    private boolean isBetter(Member donor, Member target) {
        if (donor.score.isEmpty() || target.score.isEmpty()) {
            return donor.score.isPresent();
        }
        return mode.signed(donor.score.getAsDouble()) > mode.signed(target.score.getAsDouble());
    }
}
