package org.rltune.env;

import java.util.stream.Collectors;

/** A spec in readable lines; the names and their order are those of Gymnasium's {@code EnvSpec.pprint}. */
final class EnvSpecText {
    private final StringBuilder lines = new StringBuilder();
    private final boolean all;

    private EnvSpecText(boolean all) {
        this.all = all;
    }

    static String of(EnvSpec spec, boolean all) {
        EnvSpecText text = new EnvSpecText(all);
        text.lines.append("id=").append(spec.id());
        text.line(
                "reward_threshold",
                optional(spec.rewardThreshold().isPresent(), spec),
                spec.rewardThreshold().isPresent());
        text.line("nondeterministic", spec.nondeterministic(), spec.nondeterministic());
        text.line(
                "max_episode_steps",
                spec.maxEpisodeSteps().isPresent() ? spec.maxEpisodeSteps().getAsInt() : "none",
                spec.maxEpisodeSteps().isPresent());
        text.line("order_enforce", spec.orderEnforce(), !spec.orderEnforce());
        text.line("disable_env_checker", spec.disableEnvChecker(), spec.disableEnvChecker());
        text.line(
                "deprecated", spec.deprecated().orElse("no"), spec.deprecated().isPresent());
        text.line("config", spec.defaultConfig(), !spec.defaultConfig().isEmpty());
        text.line(
                "additional_wrappers",
                spec.additionalWrappers().stream()
                        .map(wrapper -> "\n\tname=" + wrapper.name() + ", config=" + wrapper.config())
                        .collect(Collectors.joining(
                                ",", "[", spec.additionalWrappers().isEmpty() ? "]" : "\n]")),
                !spec.additionalWrappers().isEmpty());
        return text.lines.toString();
    }

    private static Object optional(boolean present, EnvSpec spec) {
        return present ? spec.rewardThreshold().getAsDouble() : "none";
    }

    private void line(String name, Object value, boolean unusual) {
        if (all || unusual) {
            lines.append('\n').append(name).append('=').append(value);
        }
    }
}
