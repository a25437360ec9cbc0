package org.rltune.ppo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.nn.Activation;
import org.rltune.offline.OutputFormat;
import org.rltune.policy.BoxDistribution;
import org.rltune.policy.ConvFilters;
import org.rltune.policy.MeanStdFilter;

/**
 * One setting of PPO: its name, its default, what it may be, and what it does.
 *
 * @param name the name that RLlib users know
 * @param kind what values look like
 * @param standard the default; the only place where it stands
 * @param min the smallest value of a number
 * @param max the largest value of a number
 * @param open whether {@code min} itself is excluded
 * @param fixed whether the value is set when a trainer is made and cannot change between two iterations
 * @param doc what it does, in a sentence
 */
public record PpoParam(
        String name, Kind kind, Object standard, double min, double max, boolean open, boolean fixed, String doc) {

    /** What a value looks like. */
    public enum Kind {
        /** A number. */
        REAL("a number"),
        /** A whole number. */
        INTEGER("a whole number"),
        /** True or false. */
        FLAG("true or false"),
        /** Text. */
        TEXT("text"),
        /** The name of an activation function. */
        ACTIVATION("tanh or relu"),
        /** What runs the network. */
        FRAMEWORK("auto, rltune or djl"),
        /** Convolutions over an image. */
        CONV_FILTERS(ConvFilters.form()),
        /** The name of an observation filter. */
        FILTER("NoFilter or MeanStdFilter"),
        /** The name of a distribution of continuous actions. */
        ACTION_DIST("DiagGaussian, SquashedGaussian or Beta"),
        /** How trajectories are written. */
        OUTPUT_FORMAT("json or npy"),
        /** What a duration counts. */
        UNIT("episodes or timesteps"),
        /** A list of whole numbers. */
        WIDTHS("a list of whole numbers such as [64, 64]"),
        /** Points of a piecewise linear schedule. */
        SCHEDULE("a list of points [timestep, value] such as [[0, 0.001], [100000, 0]]"),
        /** A map. */
        MAP("a map"),
        /** Names. */
        NAMES("a list of names"),
        /** Names of policies, or what differs for each. */
        POLICIES("a list of names, or a map from name to the settings that differ"),
        /** How agents are mapped to policies. */
        POLICY_MAPPING("shared, by_agent, a registered name, or a map from agent to policy");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static PpoParam real(String name, double standard, double min, double max, String doc) {
        return new PpoParam(name, Kind.REAL, standard, min, max, false, false, doc);
    }

    static PpoParam integer(String name, long standard, long min, String doc) {
        return new PpoParam(name, Kind.INTEGER, standard, min, Integer.MAX_VALUE, false, false, doc);
    }

    static PpoParam other(String name, Kind kind, Object standard, String doc) {
        return new PpoParam(name, kind, standard, 0, Double.POSITIVE_INFINITY, false, false, doc);
    }

    /** Returns this setting with its smallest value excluded. */
    PpoParam above() {
        return new PpoParam(name, kind, standard, min, max, true, fixed, doc);
    }

    /** Returns this setting as one that is set once, when a trainer is made. */
    PpoParam once() {
        return new PpoParam(name, kind, standard, min, max, open, true, doc);
    }

    /**
     * Returns the value in the type that the trainer reads.
     *
     * @throws IllegalArgumentException naming this setting, the value, the rule and the remedy
     */
    Object accept(@Nullable Object value) {
        return switch (kind) {
            case REAL -> value instanceof Number number ? checkRange(number.doubleValue()) : refuse(value);
            case INTEGER ->
                value instanceof Number number && isWhole(number)
                        ? (Object) (long) checkRange(number.doubleValue())
                        : refuse(value);
            case FLAG -> value instanceof Boolean ? value : refuse(value);
            case TEXT -> value instanceof String ? value : refuse(value);
            case ACTIVATION -> value instanceof String text ? activation(text) : refuse(value);
            case FRAMEWORK ->
                value instanceof String text && PpoConfig.FRAMEWORKS.contains(text) ? text : refuse(value);
            case CONV_FILTERS -> ConvFilters.parse(value).toJson();
            case FILTER ->
                value instanceof String text
                                && Set.of(PpoConfig.NO_FILTER, MeanStdFilter.NAME)
                                        .contains(text)
                        ? text
                        : refuse(value);
            case UNIT -> value instanceof String text && EvaluationSettings.UNITS.contains(text) ? text : refuse(value);
            case ACTION_DIST ->
                value instanceof String text ? BoxDistribution.parse(text).key() : refuse(value);
            case OUTPUT_FORMAT ->
                value instanceof String text && OutputFormat.keys().contains(text) ? text : refuse(value);
            case MAP -> value instanceof Map ? value : refuse(value);
            case POLICIES -> value instanceof List<?> list ? names(list) : policies(value);
            case POLICY_MAPPING ->
                value instanceof String ? value : value instanceof Map<?, ?> map ? mapping(map) : refuse(value);
            case WIDTHS -> value instanceof List<?> list ? widths(list) : refuse(value);
            case NAMES -> value instanceof List<?> list ? names(list) : refuse(value);
            case SCHEDULE ->
                value instanceof List<?> list ? Schedule.parse(name, list).points() : refuse(value);
        };
    }

    /** As it was written, so that what is in force is what was ordered. */
    private String activation(String text) {
        Activation.parse(name, text);
        return text;
    }

    private Object mapping(Map<?, ?> map) {
        return map.values().stream().allMatch(String.class::isInstance) ? map : refuse(map);
    }

    private Object policies(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return refuse(value);
        }
        map.forEach((policy, differs) -> {
            if (differs instanceof Map<?, ?> settings) {
                PolicyPlan.checkOwn(String.valueOf(policy), settings);
            } else {
                refuse(value);
            }
        });
        return map;
    }

    private static boolean isWhole(Number value) {
        return value.doubleValue() == Math.rint(value.doubleValue());
    }

    private Object widths(List<?> list) {
        for (Object width : list) {
            if (!(width instanceof Number number) || !isWhole(number) || number.doubleValue() < 1) {
                return refuse(list);
            }
        }
        return list.stream().map(width -> (Object) ((Number) width).longValue()).toList();
    }

    private Object names(List<?> list) {
        for (Object name : list) {
            if (!(name instanceof String text) || text.isBlank()) {
                return refuse(list);
            }
        }
        return List.copyOf(list);
    }

    private double checkRange(double value) {
        boolean inside = (open ? value > min : value >= min) && value <= max;
        if (!inside) {
            throw new IllegalArgumentException(
                    name + " must be " + range() + ", but is " + value + ". The default is " + standard + ".");
        }
        return value;
    }

    private Object refuse(@Nullable Object value) {
        throw new IllegalArgumentException(
                name + " must be " + kind.words + ", but is " + value + ". The default is " + standard + ".");
    }

    /** Returns the values that are accepted, in words. */
    public String range() {
        if (kind != Kind.REAL && kind != Kind.INTEGER) {
            return kind.words;
        }
        String from = (open ? "above " : "at least ") + text(min);
        boolean bounded = kind == Kind.INTEGER ? max < Integer.MAX_VALUE : max < Double.POSITIVE_INFINITY;
        return bounded ? from + " and at most " + text(max) : from;
    }

    private String text(double bound) {
        return kind == Kind.INTEGER || bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
