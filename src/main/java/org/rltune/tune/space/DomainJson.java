package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.json.Json;

/**
 * Domains as JSON and YAML: {@code {loguniform: [1e-5, 1e-3]}} as a person writes it, {@code {domain: loguniform, lower:
 * 1e-5, upper: 1e-3}} as {@link Domain#toJson} does. Both are read. A map of one of these forms that is meant as a constant
 * is written {@code {constant: ...}}.
 */
final class DomainJson {
    private static final String DOMAIN = "domain";
    private static final String CONSTANT = "constant";
    private static final String OPTIONS = "options";

    /** Arguments by position. */
    private record Arguments(String path, List<String> names, List<?> values) {
        double real(int i) {
            return Json.asDouble(values.get(i), path + "/" + names.get(i));
        }

        long whole(int i) {
            return Json.asLong(values.get(i), path + "/" + names.get(i));
        }
    }

    /** A domain with a fixed number of arguments. */
    private record Form(List<String> names, Function<Arguments, Domain> make) {}

    private static final List<String> BOUNDS = List.of("lower", "upper");
    private static final List<String> BOUNDS_AND_STEP = List.of("lower", "upper", "q");
    private static final Map<String, Form> FORMS = forms();
    private static final List<String> LISTS = List.of("choice", "grid", "grid_search");
    static final List<String> NAMES = names();

    private DomainJson() {}

    private static Map<String, Form> forms() {
        Map<String, Form> forms = new LinkedHashMap<>();
        forms.put("uniform", new Form(BOUNDS, a -> Domain.uniform(a.real(0), a.real(1))));
        forms.put("quniform", new Form(BOUNDS_AND_STEP, a -> Domain.quniform(a.real(0), a.real(1), a.real(2))));
        forms.put("loguniform", new Form(BOUNDS, a -> Domain.loguniform(a.real(0), a.real(1))));
        forms.put("qloguniform", new Form(BOUNDS_AND_STEP, a -> Domain.qloguniform(a.real(0), a.real(1), a.real(2))));
        forms.put("oneMinusLog", new Form(BOUNDS, a -> Domain.oneMinusLog(a.real(0), a.real(1))));
        forms.put("randn", new Form(List.of("mean", "sd"), a -> Domain.randn(a.real(0), a.real(1))));
        forms.put("qrandn", new Form(List.of("mean", "sd", "q"), a -> Domain.qrandn(a.real(0), a.real(1), a.real(2))));
        forms.put("randint", new Form(BOUNDS, a -> Domain.randint(a.whole(0), a.whole(1))));
        forms.put("qrandint", new Form(BOUNDS_AND_STEP, a -> Domain.qrandint(a.whole(0), a.whole(1), a.whole(2))));
        forms.put("lograndint", new Form(BOUNDS, a -> Domain.lograndint(a.whole(0), a.whole(1))));
        forms.put(
                "qlograndint", new Form(BOUNDS_AND_STEP, a -> Domain.qlograndint(a.whole(0), a.whole(1), a.whole(2))));
        return forms;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(FORMS.keySet());
        names.addAll(LISTS);
        names.add("conditional");
        names.add("sampleFrom");
        return List.copyOf(names);
    }

    /** Returns a nested config in which what declares a domain has become one. */
    static Map<String, Object> readConfig(Map<?, ?> json, String path) {
        Map<String, Object> config = new LinkedHashMap<>();
        json.forEach((key, value) -> {
            String name = String.valueOf(key);
            config.put(name, readValue(value, path.isEmpty() ? name : path + "/" + name));
        });
        return config;
    }

    private static Object readValue(@Nullable Object json, String path) {
        if (json instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            list.forEach(value -> values.add(readValue(value, path + "/" + values.size())));
            return values;
        }
        if (!(json instanceof Map<?, ?> map)) {
            return Values.normal(path, json);
        }
        if (map.size() == 1 && map.containsKey(CONSTANT)) {
            return Values.normal(path, map.get(CONSTANT));
        }
        if (map.containsKey(DOMAIN) || (map.size() == 1 && isShort(map, path))) {
            return read(map, path);
        }
        return readConfig(map, path);
    }

    private static boolean isShort(Map<?, ?> map, String path) {
        Map.Entry<?, ?> only = map.entrySet().iterator().next();
        String name = String.valueOf(only.getKey());
        Optional<String> near = Suggest.closest(name, NAMES);
        if (!NAMES.contains(name) && near.isPresent() && only.getValue() instanceof List) {
            throw new IllegalArgumentException(path + " is " + Json.write(map) + ", but there is no domain '" + name
                    + "'. Maybe '" + near.get() + "'? If it is a constant: {constant: ...}.");
        }
        return NAMES.contains(name);
    }

    /** Returns the config as it would be written: domains in their long form, maps that could be taken for one escaped. */
    static Map<String, Object> config(Map<String, ?> config) {
        Map<String, Object> json = new LinkedHashMap<>();
        config.forEach((name, value) -> json.put(name, written(value)));
        return json;
    }

    private static @Nullable Object written(@Nullable Object value) {
        if (value instanceof Domain domain) {
            return domain.toJson();
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> json = new ArrayList<>();
            list.forEach(element -> json.add(written(element)));
            return json;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        boolean taken = map.containsKey(DOMAIN)
                || (map.size() == 1
                        && (map.containsKey(CONSTANT)
                                || Suggest.closest(first(map), NAMES).isPresent()));
        if (taken) {
            return Map.of(CONSTANT, map);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        map.forEach((key, element) -> json.put(String.valueOf(key), written(element)));
        return json;
    }

    private static String first(Map<?, ?> map) {
        return String.valueOf(map.keySet().iterator().next());
    }

    /** Reads a domain in either form; {@code path} names it in errors. */
    static Domain read(@Nullable Object json, String path) {
        if (!(json instanceof Map<?, ?> map) || !(map.containsKey(DOMAIN) || map.size() == 1)) {
            throw new IllegalArgumentException(
                    path + " is " + Json.write(json) + ", but it must declare a domain. Maybe {uniform: [0, 1]}?");
        }
        boolean isLong = map.containsKey(DOMAIN);
        String name = isLong ? String.valueOf(map.get(DOMAIN)) : first(map);
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(path + ": there is no domain '" + name + "'. Known: "
                    + String.join(", ", NAMES) + "." + Suggest.nearest(name, NAMES));
        }
        if (name.equals("sampleFrom")) {
            throw new IllegalArgumentException(
                    path + ": sampleFrom is a function, which cannot be read from text. Declare" + " it in Java.");
        }
        try {
            return isLong ? readLong(name, map, path) : readShort(name, map.get(name), path);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(path) ? e : new IllegalArgumentException(path + ": " + message, e);
        }
    }

    private static Domain readShort(String name, @Nullable Object arguments, String path) {
        Form form = FORMS.get(name);
        if (form != null) {
            if (!(arguments instanceof List<?> list)
                    || list.size() != form.names().size()) {
                throw new IllegalArgumentException(
                        path + " is {" + name + ": " + Json.write(arguments) + "}, but " + name + " takes "
                                + form.names() + ". Give these " + form.names().size() + " numbers as a list.");
            }
            return form.make().apply(new Arguments(path + "/" + name, form.names(), list));
        }
        if (LISTS.contains(name)) {
            return listed(name, arguments, path + "/" + name);
        }
        Map<Object, Map<String, Object>> branches = new LinkedHashMap<>();
        Json.asObject(arguments, path + "/" + name)
                .forEach((option, branch) -> branches.put(option, branch(branch, path + "/" + name + "/" + option)));
        return Domain.conditional(branches);
    }

    private static Domain listed(String name, @Nullable Object options, String path) {
        List<@Nullable Object> list = Json.asList(options, path);
        return name.equals("choice") ? Domain.choice(list) : Domain.grid(list);
    }

    private static Map<String, Object> branch(@Nullable Object json, String path) {
        return readConfig(Json.asObject(json, path), path);
    }

    private static Domain readLong(String name, Map<?, ?> map, String path) {
        Form form = FORMS.get(name);
        List<String> names = form == null ? List.of(OPTIONS) : form.names();
        for (Object key : map.keySet()) {
            if (!key.equals(DOMAIN) && !names.contains(String.valueOf(key))) {
                throw new IllegalArgumentException(path + ": " + name + " has no '" + key + "'. It takes " + names
                        + ". Remove it." + Suggest.nearest(String.valueOf(key), names));
            }
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (String argument : names) {
            if (!map.containsKey(argument)) {
                throw new IllegalArgumentException(
                        path + ": " + name + " takes " + names + ", but " + argument + " is missing. Add it.");
            }
            values.add(map.get(argument));
        }
        if (form != null) {
            return form.make().apply(new Arguments(path, names, values));
        }
        if (LISTS.contains(name)) {
            return listed(name, values.get(0), path + "/" + OPTIONS);
        }
        Map<Object, Map<String, Object>> branches = new LinkedHashMap<>();
        for (Object option : Json.asList(values.get(0), path + "/" + OPTIONS)) {
            String where = path + "/" + OPTIONS + "/" + branches.size();
            Map<String, @Nullable Object> pair = Json.asObject(option, where);
            branches.put(
                    Values.normal(where + "/value", pair.get("value")), branch(pair.get("space"), where + "/space"));
        }
        return Domain.conditional(branches);
    }
}
