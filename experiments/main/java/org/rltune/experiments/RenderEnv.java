package org.rltune.experiments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.RenderMode;
import org.rltune.env.StepResult;
import org.rltune.env.render.EpisodeGif;
import org.rltune.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays an environment and keeps what it looks like: an animated GIF, the last picture, or lines of text. */
@Command(
        name = "RenderEnv",
        mixinStandardHelpOptions = true,
        description = "Plays an environment and writes what it looks like to a file.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.RenderEnv"
                    + " -Dexec.args=\"FrozenLake-v1 --config map_name=8x8 --out lake.gif\""
        })
public final class RenderEnv implements Callable<Integer> {
    /** Who chooses the actions. */
    enum Player {
        RANDOM,
        SKILLED
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the environment, such as CartPole-v1.")
    private String id = "";

    @Option(names = "--seed", description = "Seed of the first episode (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(names = "--steps", description = "How many steps to play (default: ${DEFAULT-VALUE}).")
    private int steps = 200;

    @Option(
            names = "--config",
            paramLabel = "KEY=VALUE",
            description = "A setting of the environment, its value written as in YAML; may be repeated.")
    private Map<String, String> config = new LinkedHashMap<>();

    @Option(
            names = "--player",
            description = "Who chooses the actions: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Player player = Player.RANDOM;

    @Option(
            names = "--out",
            required = true,
            description = "FILE.gif for an animation, .png for the last picture, .txt for every step as text.")
    private Path file = Path.of("");

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new RenderEnv(), args);
    }

    @Override
    @SuppressWarnings("unchecked") // actions come from the environment's own space, or from a player made for it
    public Integer call() throws IOException {
        Check.atLeast("--seed", seed, 0);
        Check.atLeast("--steps", steps, 0);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Map<String, Object> settings = new LinkedHashMap<>();
        config.forEach((key, value) -> settings.put(key, Json.parseYaml(value, "--config " + key)));
        try (Env<Object, Object> env = (Env<Object, Object>) Envs.make(id, settings)) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".gif")) {
                require(env, RenderMode.RGB_ARRAY);
                try (EpisodeGif gif = new EpisodeGif(file, env.renderFps())) {
                    play(env, () -> gif.add(env.renderFrame()));
                }
            } else if (name.endsWith(".png")) {
                require(env, RenderMode.RGB_ARRAY);
                play(env, () -> {});
                BufferedImage picture = env.renderFrame();
                ImageIO.write(picture, "png", file.toFile());
            } else if (name.endsWith(".txt")) {
                require(env, RenderMode.ANSI);
                StringBuilder text = new StringBuilder();
                play(env, () -> text.append(env.renderText()).append('\n'));
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } else {
                throw new IllegalArgumentException("--out is " + file + ", but must end with .gif, .png or .txt.");
            }
        }
        out.println("Wrote " + file);
        return 0;
    }

    private void require(Env<?, ?> env, RenderMode mode) {
        if (!env.renderModes().contains(mode)) {
            throw new IllegalArgumentException(id + " cannot be shown as " + mode.id() + "; it has "
                    + (env.renderModes().isEmpty() ? "no render mode" : env.renderModes()) + ".");
        }
    }

    /** Plays, a new episode after each end, and shows every state. */
    private void play(Env<Object, Object> env, Runnable show) {
        DemoPlayer actor = player == Player.SKILLED ? DemoPlayer.skilled(id, env) : DemoPlayer.random(env, seed);
        Object observation = env.reset(seed).observation();
        show.run();
        boolean ended = false;
        for (int step = 0; step < steps; step++) {
            if (ended) {
                observation = env.reset().observation();
                ended = false;
            } else {
                StepResult<Object> result = env.step(actor.act(observation));
                observation = result.observation();
                ended = result.ended();
            }
            show.run();
        }
    }
}
