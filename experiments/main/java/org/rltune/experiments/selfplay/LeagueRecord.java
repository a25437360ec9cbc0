package org.rltune.experiments.selfplay;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rltune.env.render.EpisodeGif;
import org.rltune.envs.board.PerfectTicTacToe;
import org.rltune.envs.board.TicTacToe;
import org.rltune.experiments.RecordFile;
import org.rltune.json.Json;
import org.rltune.plot.LineCurve;
import org.rltune.policy.Policy;
import org.rltune.ppo.PpoConfig;
import org.rltune.random.Pcg64;

/** What self-play came to: a table for people, lines for programs, a curve, and games to look at. */
public final class LeagueRecord {
    private final PpoConfig config;
    private final List<League.Result> results;

    /** Holds the results of all seeds. */
    public LeagueRecord(PpoConfig config, List<League.Result> results) {
        this.config = config;
        this.results = List.copyOf(results);
    }

    /** Returns the table, by seed: win/draw/loss in percent. */
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(
                        "| seed | snapshots | random, as X | random, as O | perfect, as X | perfect, as O | cannot be beaten |\n")
                .append("|---:|---:|---:|---:|---:|---:|---|\n");
        for (League.Result result : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %4d | %d",
                    result.seed(),
                    result.snapshotsAt().size()));
            League.odds(result.main())
                    .values()
                    .forEach(odds -> text.append(" | ").append(shown(odds)));
            text.append(cannotBeBeaten(result.main()) ? " | yes |\n" : " | no |\n");
        }
        return text.toString();
    }

    private static String shown(Odds odds) {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", 100 * odds.win(), 100 * odds.draw(), 100 * odds.loss());
    }

    /** A random player tries everything: who never loses to it cannot be beaten. */
    static boolean cannotBeBeaten(Policy main) {
        Odds.Player player = Odds.of(main);
        return Odds.of(player, 0, Odds.RANDOM).loss() == 0
                && Odds.of(player, 1, Odds.RANDOM).loss() == 0;
    }

    /** Returns how many seeds ended with a policy that cannot be beaten. */
    public String verdict() {
        long unbeaten =
                results.stream().filter(result -> cannotBeBeaten(result.main())).count();
        return "Policies that cannot be beaten from either side: " + unbeaten + " of " + results.size() + ".";
    }

    /** Writes the record with its rows and its curves. */
    public void write(Path file, String command) throws IOException {
        RecordFile files = new RecordFile(file);
        StringBuilder lines = new StringBuilder();
        for (League.Result result : results) {
            for (Map<String, Object> row : result.rows()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("seed", result.seed());
                line.putAll(row);
                lines.append(Json.write(line)).append('\n');
            }
        }
        Files.writeString(files.beside(files.data()), lines.toString());
        LineCurve curves =
                new LineCurve("Self-play on TicTacToe-v0: losses as O to a random player", "timesteps_total", "loss");
        results.forEach(result -> curves.add("seed " + result.seed(), losses(result)));
        curves.write(files.beside(files.picture()));
        Files.writeString(file, markdown(files, command));
    }

    private static List<Map<String, Object>> losses(League.Result result) {
        List<Map<String, Object>> points = new ArrayList<>();
        for (Map<String, Object> row : result.rows()) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("timesteps_total", row.get("timesteps_total"));
            point.put("loss", row.get("random_as_o_loss"));
            points.add(point);
        }
        return points;
    }

    private String markdown(RecordFile files, String command) {
        StringBuilder text = new StringBuilder();
        text.append("# Self-play on TicTacToe-v0\n\n")
                .append(verdict())
                .append("\n\n")
                .append(table())
                .append(
                        "\nWin / draw / loss in percent of the policy's most probable moves, added up over all games"
                                + " that can happen, not estimated: against a player that takes any free square, and against one"
                                + " that takes any move which keeps the best outcome that can be forced. The policy learns in every"
                                + " other game against itself, and in the rest against a pool that begins with an untrained network;"
                                + " a snapshot of it joins whenever its wins less its losses against the pool exceed the threshold. Rows of every tenth iteration: `")
                .append(files.data())
                .append("`.\n\n![Losses over training](")
                .append(files.picture())
                .append(")\n\n");
        for (League.Result result : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "- seed %d: snapshots after the iterations %s, %.1f s of training%n",
                    result.seed(),
                    result.snapshotsAt(),
                    result.seconds()));
        }
        text.append("- command: `").append(command).append("`\n");
        text.append(RecordFile.facts());
        text.append("- all settings: `")
                .append(Json.write(config.values().asMap()))
                .append("`\n");
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** Writes two games against a perfect player, one from either side, with a pause after each. */
    public static void gif(Policy main, Path file) {
        List<BufferedImage> pictures = new ArrayList<>();
        PerfectTicTacToe perfect = new PerfectTicTacToe();
        Pcg64 random = new Pcg64(0);
        TicTacToe game = new TicTacToe();
        for (int side = 0; side < 2; side++) {
            game.reset(0);
            pictures.add(game.renderFrame());
            while (!game.board().over()) {
                int player = game.board().turn();
                int square = player == side
                        ? (Integer) main.act(TicTacToe.observation(game.board(), side))
                        : perfect.move(game.board(), random);
                game.step(Map.of(TicTacToe.PLAYERS.get(player), square));
                pictures.add(game.renderFrame());
            }
            pictures.add(game.renderFrame());
            pictures.add(game.renderFrame());
        }
        EpisodeGif.write(file, game.renderFps(), pictures);
    }
}
