package org.rltune.tune.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.tune.space.Domain;

/** Settings of {@link Pb2}, with the names that Ray Tune users know. */
public final class Pb2Builder extends PopulationBuilder<Pb2Builder> {
    @Nullable
    Map<String, Domain> bounds;

    double resampleProbability = 0.25;

    Pb2Builder() {}

    @Override
    Pb2Builder self() {
        return this;
    }

    /**
     * Sets what is explored: name to {@link Domain}, or to a list of two numbers, the lower and the upper bound; default:
     * every domain of the search space, so that one declaration is enough. Two whole numbers make a {@code randint} that
     * includes both, any other two a {@code uniform}; a logarithmic scale needs a domain.
     *
     * @throws IllegalArgumentException if the lower bound is not below the upper one
     */
    public Pb2Builder hyperparamBounds(Map<String, ?> bounds) {
        Map<String, Domain> domains = new LinkedHashMap<>();
        boolean ordered = bounds instanceof LinkedHashMap || bounds instanceof SortedMap;
        (ordered ? bounds : new TreeMap<>(bounds)).forEach((name, entry) -> domains.put(name, domain(name, entry)));
        this.bounds = Collections.unmodifiableMap(domains);
        return this;
    }

    private static Domain domain(String name, @Nullable Object entry) {
        if (entry instanceof Domain domain) {
            return domain;
        }
        if (entry instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof Number low
                && pair.get(1) instanceof Number high) {
            if (!(low.doubleValue() < high.doubleValue())) {
                throw new IllegalArgumentException("hyperparamBounds has " + name + "=" + entry
                        + ", but the lower bound must come first and be below the upper one. Maybe [" + high + ", "
                        + low
                        + "]?");
            }
            return isWhole(low) && isWhole(high)
                    ? Domain.randint(low.longValue(), Math.addExact(high.longValue(), 1L))
                    : Domain.uniform(low.doubleValue(), high.doubleValue());
        }
        throw new IllegalArgumentException("hyperparamBounds has " + name + "=" + entry
                + ", which is neither a domain nor a list of two numbers. Maybe loguniform(1e-5, 1e-3)?");
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long;
    }

    /**
     * Sets how often a value that the model cannot see, such as one of a {@code choice}, is drawn anew instead of kept from
     * the donor; in [0, 1]; default 0.25.
     */
    public Pb2Builder resampleProbability(double probability) {
        this.resampleProbability = Check.inClosed("resampleProbability", probability, 0.0, 1.0);
        return this;
    }

    /**
     * Makes the scheduler.
     *
     * @throws IllegalArgumentException if time is measured in timesteps and no interval is given
     */
    public Pb2 build() {
        Pb2Builder copy = new Pb2Builder();
        copyTo(copy);
        copy.bounds = bounds;
        copy.resampleProbability = resampleProbability;
        return new Pb2(copy);
    }

    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = super.toJson();
        json.put("resample_probability", resampleProbability);
        return json;
    }
}
