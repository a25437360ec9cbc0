package org.rltune.env;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Checks an environment as Gymnasium's {@code check_env} does, and more: what reset and step return, that chance comes
 * from the seed alone, that nothing is shared, that rendering changes nothing, that snapshots and repeated actions
 * continue with the same bits. {@link EnvRule} lists it all.
 *
 * <pre>{@code
 * EnvChecker.check("Shop-v0").orThrow();
 * }</pre>
 *
 * <p>It plays some hundred random steps, always the same ones. What it does not find may still be there: an environment
 * that fails in a rare state, for example.
 */
public final class EnvChecker {
    private EnvChecker() {}

    /** Checks a registered environment with its default config. */
    public static EnvReport check(String id) {
        return check(Envs.spec(id));
    }

    /** Checks the environment of a spec, registered or not: bare, and once more with all its wrappers. */
    public static EnvReport check(EnvSpec spec) {
        return checked(spec);
    }

    @SuppressWarnings("unchecked") // the actions come from the environment's own space
    private static EnvReport checked(EnvSpec spec) {
        EnvContext context = EnvContext.of(Map.of());
        CheckRun<Object, Object> bare = new CheckRun<>(
                () -> (Env<Object, Object>) Wrappers.bare(spec, context), true, !spec.nondeterministic());
        if (bare.attempt(EnvRule.MAKE_FAILS, "the creator", bare::env)) {
            bare.attempt(EnvRule.MAKE_FAILS, "the config", () -> SpecChecks.config(bare, spec));
            if (all(bare)) {
                CheckRun<Object, Object> made = bare.with(() -> (Env<Object, Object>) Envs.make(spec, context));
                made.attempt(EnvRule.MAKE_FAILS, "the environment with its wrappers", () -> continuation(made));
                made.closeAll();
            }
        }
        bare.closeAll();
        return new EnvReport(spec.id(), bare.findings());
    }

    /**
     * Checks environments of one kind that are registered nowhere.
     *
     * @param maker gives a new environment at every call
     */
    public static <O, A> EnvReport check(Supplier<Env<O, A>> maker) {
        CheckRun<O, A> run = new CheckRun<>(maker, true, true);
        String[] name = {"the environment"};
        if (run.attempt(EnvRule.MAKE_FAILS, "the supplier", () -> name[0] = name(run.env()))) {
            all(run);
        }
        run.closeAll();
        return new EnvReport(name[0], run.findings());
    }

    /**
     * Checks a single environment. What needs a second one made alike is left out: whether two share state, whether one
     * goes on where the other was, and closing. The environment is left in the middle of an episode.
     */
    public static <O, A> EnvReport check(Env<O, A> env) {
        boolean deterministic = env.spec().map(spec -> !spec.nondeterministic()).orElse(true);
        CheckRun<O, A> run = new CheckRun<>(() -> env, false, deterministic);
        if (env.spec().isEmpty()) {
            run.report(EnvRule.SPEC_MISSING, "spec()", "it is empty");
        }
        all(run);
        return new EnvReport(name(env), run.findings());
    }

    private static String name(Env<?, ?> env) {
        return env.spec().map(EnvSpec::id).orElse(env.getClass().getName());
    }

    /** Runs every check that still makes sense; returns whether the environment can be played at all. */
    private static <O, A> boolean all(CheckRun<O, A> run) {
        boolean[] playable = new boolean[1];
        run.attempt(
                EnvRule.STEP_FAILS,
                "an episode",
                () -> playable[0] = SpaceChecks.run(run) && EpisodeChecks.answers(run));
        if (!playable[0]) {
            return false;
        }
        run.attempt(EnvRule.RESET_FAILS, "resets", () -> EpisodeChecks.resets(run));
        if (!run.keeps(EnvRule.RESET_FAILS)) {
            return false;
        }
        run.attempt(EnvRule.STEP_FAILS, "an episode", () -> SharingChecks.observations(run));
        if (run.deterministic()) {
            run.attempt(EnvRule.STEP_FAILS, "several episodes", () -> EpisodeChecks.determinism(run));
            if (!run.keeps(EnvRule.RESET_NOT_DETERMINISTIC, EnvRule.STEP_NOT_DETERMINISTIC)) {
                run.notDeterministic();
            }
        }
        run.attempt(EnvRule.RENDER_FAILS, "rendering", () -> RenderChecks.run(run));
        if (run.deterministic()) {
            run.attempt(EnvRule.STEP_FAILS, "an episode with one action array", () -> SharingChecks.actions(run));
        }
        continuation(run);
        if (run.copies()) {
            SpecChecks.close(run);
        }
        return true;
    }

    private static <O, A> void continuation(CheckRun<O, A> run) {
        if (!run.deterministic()) {
            return;
        }
        if (run.copies()) {
            run.attempt(EnvRule.INSTANCES_SHARE_STATE, "two environments", () -> SharingChecks.instances(run));
            if (!run.keeps(EnvRule.INSTANCES_SHARE_STATE)) {
                return;
            }
        }
        run.attempt(EnvRule.SNAPSHOT_DIFFERS, "a snapshot", () -> ContinuationChecks.snapshot(run));
        run.attempt(EnvRule.REPLAY_DIFFERS, "repeated actions", () -> ContinuationChecks.replay(run));
    }
}
