package org.rltune.tune.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.protobuf.ProtoMessage;
import org.rltune.tune.space.Choice;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * The messages of TensorBoard's HParams plug-in, by the field numbers of its {@code api.proto} and {@code plugin_data.proto}
 * (TensorBoard 2.21).
 *
 * <p>A hyperparameter has one type in all trials, or TensorBoard would hide some of them: numbers are doubles, booleans are
 * booleans, and everything else, options of several types too, is text.
 */
final class HParams {
    static final String PLUGIN = "hparams";
    static final String EXPERIMENT_TAG = "_hparams_/experiment";
    static final String START_TAG = "_hparams_/session_start_info";
    static final String END_TAG = "_hparams_/session_end_info";

    /** How a session stands; the numbers are the plug-in's. */
    enum Status {
        UNKNOWN,
        SUCCESS,
        FAILURE,
        RUNNING
    }

    /** The type of a hyperparameter; the numbers are the plug-in's. */
    private enum Type {
        UNSET,
        STRING,
        BOOL,
        FLOAT64;

        static Type of(List<?> values) {
            if (!values.isEmpty() && values.stream().allMatch(Number.class::isInstance)) {
                return FLOAT64;
            }
            return !values.isEmpty() && values.stream().allMatch(Boolean.class::isInstance) ? BOOL : STRING;
        }
    }

    private final SearchSpace space;
    private final Map<String, Type> types = new LinkedHashMap<>();

    HParams(SearchSpace space) {
        this.space = space;
        Map<String, Domain> domains = space.domains();
        for (String name : space.names()) {
            Domain domain = domains.get(name);
            types.put(name, Type.of(domain == null ? List.of(space.constants().get(name)) : domain.extremes()));
        }
    }

    /** Returns what the experiment declares: hyperparameters with their domains, and metrics. */
    ProtoMessage experiment(String name, double createdSeconds, List<String> metrics) {
        ProtoMessage experiment = new ProtoMessage().text(6, name).number(3, createdSeconds);
        types.forEach((hparam, type) -> experiment.message(4, info(hparam, type)));
        for (String metric : metrics) {
            ProtoMessage tag = new ProtoMessage().text(2, metric);
            experiment.message(5, new ProtoMessage().message(1, tag));
        }
        return new ProtoMessage().integer(1, 0).message(2, experiment);
    }

    private ProtoMessage info(String name, Type type) {
        ProtoMessage info = new ProtoMessage().text(1, name).integer(4, type.ordinal());
        Domain domain = space.domains().get(name);
        if (domain instanceof Choice choice) {
            ProtoMessage options = new ProtoMessage();
            choice.options().forEach(option -> options.message(1, value(type, option)));
            info.message(5, options);
        } else if (domain != null && type == Type.FLOAT64 && domain.extremes().size() == 2) {
            info.message(
                    6,
                    new ProtoMessage()
                            .number(1, number(domain.extremes().get(0)))
                            .number(2, number(domain.extremes().get(1))));
        }
        return info;
    }

    /** Returns the hyperparameters of a trial. */
    ProtoMessage start(String trial, HyperParams config, double startSeconds) {
        ProtoMessage start = new ProtoMessage();
        for (String name : config.names()) {
            Type type = types.getOrDefault(name, Type.STRING);
            start.message(1, new ProtoMessage().text(1, name).message(2, value(type, config.get(name))));
        }
        start.text(4, trial).number(5, startSeconds);
        return new ProtoMessage().integer(1, 0).message(3, start);
    }

    /** Returns how a trial ended. */
    static ProtoMessage end(Status status, double endSeconds) {
        ProtoMessage end = new ProtoMessage().integer(1, status.ordinal()).number(2, endSeconds);
        return new ProtoMessage().integer(1, 0).message(4, end);
    }

    private static ProtoMessage value(Type type, Object value) {
        if (type == Type.FLOAT64 && value instanceof Number) {
            return new ProtoMessage().number(2, number(value));
        }
        if (type == Type.BOOL && value instanceof Boolean flag) {
            return new ProtoMessage().bool(4, flag);
        }
        return new ProtoMessage().text(3, value instanceof String text ? text : Json.write(value));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
