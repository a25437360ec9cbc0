package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks of rendering: every declared mode shows something, and showing changes nothing. */
final class RenderChecks {
    private static final long SEED = 11;
    private static final int STEPS = 12;

    private RenderChecks() {}

    static <O, A> void run(CheckRun<O, A> run) {
        Env<O, A> env = run.env();
        Set<RenderMode> modes = env.renderModes();
        if (env.renderFps() < 1) {
            run.report(EnvRule.RENDER_FPS, "renderFps()", "it is " + env.renderFps());
        }
        env.reset(SEED);
        for (RenderMode mode : RenderMode.values()) {
            String where = call(mode);
            if (modes.contains(mode)) {
                run.attempt(EnvRule.RENDER_FAILS, where, () -> declared(run, env, mode));
            } else if (!run.refuses(
                    EnvRule.RENDER_UNDECLARED, where, UnsupportedOperationException.class, () -> show(env, mode))) {
                run.report(EnvRule.RENDER_UNDECLARED, where, "it shows something, but renderModes() is " + modes);
            }
        }
        if (run.deterministic() && !modes.isEmpty()) {
            run.attempt(EnvRule.RENDER_FAILS, "rendering after every step", () -> changes(run, env, modes));
        }
    }

    private static String call(RenderMode mode) {
        return mode == RenderMode.RGB_ARRAY ? "renderFrame()" : "renderText()";
    }

    private static @Nullable Object show(Env<?, ?> env, RenderMode mode) {
        return mode == RenderMode.RGB_ARRAY ? env.renderFrame() : env.renderText();
    }

    private static <O, A> void declared(CheckRun<O, A> run, Env<O, A> env, RenderMode mode) {
        Object first = show(env, mode);
        if (first == null || first.toString().isBlank()) {
            run.report(EnvRule.RENDER_FAILS, call(mode), "it shows nothing");
            return;
        }
        Trace<O, A> trace = Trace.resume(env, false, SEED, 1);
        Object second = show(env, mode);
        if (second == null) {
            run.report(EnvRule.RENDER_FAILS, call(mode) + " after a step", "it is null");
        } else if (first instanceof BufferedImage picture && second instanceof BufferedImage next) {
            if (first == second) {
                run.report(EnvRule.RENDER_SHARED, call(mode), "two calls return the same object");
            }
            if (picture.getWidth() != next.getWidth() || picture.getHeight() != next.getHeight()) {
                run.report(
                        EnvRule.RENDER_SIZE,
                        call(mode),
                        "one picture has " + size(picture) + " pixels and the next one " + size(next));
            }
        }
        if (trace.ended()) {
            show(env, mode); // the last state of an episode is shown, too
        }
    }

    private static String size(BufferedImage image) {
        return image.getWidth() + " x " + image.getHeight();
    }

    private static <O, A> void changes(CheckRun<O, A> run, Env<O, A> env, Set<RenderMode> modes) {
        Trace<O, A> blind = Trace.play(env, SEED, STEPS);
        Trace<O, A> shown = new Trace<>(env, SEED).reset(SEED);
        for (int step = 0; step < STEPS; step++) {
            modes.forEach(mode -> show(env, mode));
            shown.go(1);
        }
        run.compare(EnvRule.RENDER_CHANGES, "rendering after every step", blind, shown);
    }
}
