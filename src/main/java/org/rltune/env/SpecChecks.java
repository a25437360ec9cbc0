package org.rltune.env;

import java.util.Map;

/** Checks of what a spec promises: that it makes environments, and that its config is checked. */
final class SpecChecks {
    private SpecChecks() {}

    static <O, A> void config(CheckRun<O, A> run, EnvSpec spec) {
        if (!run.refuses(
                EnvRule.CONFIG_IGNORED,
                "config {no such setting=1}",
                IllegalArgumentException.class,
                () -> make(spec, Map.of("no such setting", 1)))) {
            run.report(EnvRule.CONFIG_IGNORED, "config {no such setting=1}", "it is accepted");
        }
        spec.configSchema().ifPresent(schema -> schema.entries().forEach(entry -> values(run, spec, entry)));
    }

    /** Tries what can be counted: both flags and every choice. Numbers at their bounds may cost any time. */
    private static void values(CheckRun<?, ?> run, EnvSpec spec, ConfigEntry entry) {
        if (entry.kind() == ConfigEntry.Kind.FLAG) {
            value(run, spec, entry.name(), true);
            value(run, spec, entry.name(), false);
        }
        entry.options().forEach(option -> value(run, spec, entry.name(), option));
    }

    private static void value(CheckRun<?, ?> run, EnvSpec spec, String name, Object value) {
        run.attempt(
                EnvRule.CONFIG_REFUSED, "config {" + name + "=" + value + "}", () -> make(spec, Map.of(name, value)));
    }

    private static void make(EnvSpec spec, Map<String, Object> config) {
        Wrappers.bare(spec, EnvContext.of(config)).close();
    }

    /** Closing twice, before and after a reset. */
    static <O, A> void close(CheckRun<O, A> run) {
        run.attempt(EnvRule.CLOSE_FAILS, "close() before the first reset", () -> {
            Env<O, A> env = run.env();
            env.close();
        });
        run.attempt(EnvRule.CLOSE_FAILS, "close() twice", () -> {
            Env<O, A> env = run.env();
            env.reset(1);
            env.close();
            env.close();
        });
    }
}
